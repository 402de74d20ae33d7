import { answerXml, answerXmlError } from '../answers.ts';
import type { Body, Door } from '../service.ts';

/**
 * AWS's older Query protocol: a form with Action and Version comes in, XML goes out. `read` makes the members of the
 * request from the form's fields, `write` the XML inside `<…Result>` from the answer.
 */
export function queryDoor(options: {
  readonly version: string;
  readonly namespace: string;
  read(operation: string, form: URLSearchParams, url: URL): Body;
  write(operation: string, answer: Body): string;
}): Door {
  return {
    finds({ request, url, body }) {
      if (request.headers['x-amz-target'] !== undefined) return undefined;
      const form = formOf(request.headers['content-type'], url, body);
      return form?.get('Version') === options.version ? (form.get('Action') ?? undefined) : undefined;
    },
    async answer(operation, { request, response, url, body }, handle) {
      try {
        const form = formOf(request.headers['content-type'], url, body) ?? new URLSearchParams();
        const answer = (await handle(operation, options.read(operation, form, url))) as Body;
        answerXml(response, operation, options.namespace, options.write(operation, answer));
      } catch (error) {
        answerXmlError(response, options.namespace, error);
      }
    },
  };
}

/** The fields stand in the body, or (GET) in the URL. */
export function formOf(type: string | undefined, url: URL, body: Buffer): URLSearchParams | undefined {
  if (type?.startsWith('application/x-www-form-urlencoded')) return new URLSearchParams(body.toString());
  return url.searchParams.has('Action') ? url.searchParams : undefined;
}
