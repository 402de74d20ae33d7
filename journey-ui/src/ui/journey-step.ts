/**
 * A step of a journey as the service records it in a change's cause: `<enrolment>/<node>`, the enrolment's id being
 * `<journey>-<customer's hash>-<number>`. Undefined for anything else.
 */
export function journeyStep(reference: string): { enrolment: string; journey: string; node: string } | undefined {
  const match = /^(([A-Za-z0-9_-]{1,40})-[0-9a-z]{1,13}-\d{1,6})\/([A-Za-z0-9_-]{1,40})$/.exec(reference);
  const [, enrolment, journey, node] = match ?? [];
  return enrolment && journey && node ? { enrolment, journey, node } : undefined;
}
