/** Number of hash buckets; a power of two. 2^17 keeps collisions below the noise of the evaluation. */
export const BUCKETS = 2 ** 17;

/** A sparse vector: `indices[i]` has the value `values[i]`. */
export interface Features {
  readonly indices: Uint32Array;
  readonly values: Float32Array;
}
