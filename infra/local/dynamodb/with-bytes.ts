/** DynamoDB's `{"B": "…"}` as bytes. Attributes hold nothing else of the name whose value is a text. */
export function withBytes(text: string): object {
  const answer = JSON.parse(text) as object;
  if (BYTES.test(text)) reviveBytes(answer);
  return answer;
}

const BYTES = /"B"\s*:\s*"/;

function reviveBytes(value: object): void {
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'object' && inner !== null) reviveBytes(inner);
    else if (key === 'B' && typeof inner === 'string')
      (value as { B: Uint8Array }).B = bytesOf(Buffer.from(inner, 'base64'));
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Buffer) => new Uint8Array(buffer, byteOffset, byteLength);
