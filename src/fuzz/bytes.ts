/** Bytes that parsers trip over: ends, limits, quotes, separators of HTTP, JSON and YAML, broken UTF-8. */
const NASTY = [
  [0x00],
  [0x0a],
  [0x0d, 0x0a],
  [0x0d, 0x0a, 0x0d, 0x0a],
  [0x22],
  [0x25, 0x30, 0x30],
  [0x25, 0x66, 0x66],
  [0x2e, 0x2e, 0x2f],
  [0x3a, 0x20],
  [0x5b, 0x5b],
  [0x5c],
  [0x7b, 0x7b],
  [0x7f],
  [0x80],
  [0xc0, 0x80],
  [0xed, 0xa0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xff, 0xff, 0xff, 0xff],
];
const MOST_CHANGES = 6;
const LONGEST_COPY = 64;

/** Changes a few bytes of something valid: flips, drops, repeats, splices, and bytes that parsers trip over. */
export function mutate(bytes: Uint8Array, random: () => number): Buffer {
  let result = Buffer.from(bytes);
  const below = (limit: number) => Math.floor(random() * limit);
  const changes = 1 + below(MOST_CHANGES);
  for (let i = 0; i < changes; i++) {
    const at = below(result.length + 1);
    const length = 1 + below(LONGEST_COPY);
    const [head, tail] = [result.subarray(0, at), result.subarray(at)];
    switch (below(6)) {
      case 0:
        if (at < result.length) result[at] = (result[at] ?? 0) ^ (1 << below(8));
        break;
      case 1:
        result = Buffer.concat([head, tail.subarray(length)]);
        break;
      case 2:
        result = Buffer.concat([head, tail.subarray(0, length), tail]);
        break;
      case 3:
        result = Buffer.concat([head, Buffer.from(NASTY[below(NASTY.length)] ?? []), tail]);
        break;
      case 4:
        result = Buffer.concat([
          head,
          Buffer.from(Array.from({ length: below(16) }, () => below(256))),
          tail,
        ]);
        break;
      default:
        // One part of it somewhere else.
        result = Buffer.concat([
          head,
          bytes.subarray(below(bytes.length), below(bytes.length) + length),
          tail,
        ]);
    }
  }
  return result;
}
