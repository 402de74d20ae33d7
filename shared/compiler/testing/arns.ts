const arn = (name: string): string => `arn:aws:lambda:us-east-1:111111111111:function:pergola-${name}:live`;

/** Step handlers as the compiler is given them, for tests. */
export const FUNCTIONS = { decide: arn('steps-decide'), perform: arn('steps-perform'), await: arn('steps-await') };
