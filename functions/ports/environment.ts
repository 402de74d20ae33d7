/** A variable that the deployment must set (docs/contracts.md); its absence is our mistake and stops the handler. */
export function environment(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new MissingEnvironment(name);
  return value;
}

class MissingEnvironment extends Error {
  readonly code = 'missing-environment';
  constructor(name: string) {
    super(`The environment variable ${name} is not set`);
    this.name = 'MissingEnvironment';
  }
}
