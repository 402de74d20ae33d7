/**
 * One lot, drawn twice over: in TypeScript for decide(), in JSONata for the machine. It depends on journey, node and
 * customer alone, so retries, redrives and replays draw the same, and two nodes or journeys draw independently.
 */
import { hashText } from '../asl/intrinsics/hash.ts';
import { INPUT, text } from './jsonata.ts';

/** 8 hexadecimal digits are 32 bits: fine enough for shares of a millionth. */
const DIGITS = 8;
const SIZE = 16 ** DIGITS;

/** A number in [0, 1) that belongs to this customer at this node of this journey. */
export function drawLot(journey: string, node: string, customer: string): number {
  return Number.parseInt(hashText(`${journey}/${node}/${customer}`, 'SHA-256').slice(0, DIGITS), 16) / SIZE;
}

/** The same in JSONata. $hash is an addition of Step Functions; $number reads hexadecimal since JSONata 2. */
export const lotExpression = (journey: string, node: string): string =>
  `$number('0x' & $substring($hash(${text(`${journey}/${node}/`)} & ${INPUT}.customer, 'SHA-256'), 0, ${DIGITS})) / ${SIZE}`;
