/** Persona worksheets (用户画像表): what the members of a segment, or the holders of a tag, are like. */
export { type Dimension, type Worksheet, worksheet } from './worksheet.ts';
