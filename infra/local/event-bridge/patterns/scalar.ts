/** A value at the end of a path in an event. */
export type Scalar = string | number | boolean | null;
