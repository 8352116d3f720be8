/** Slots of a Redis Cluster. */
export const SLOTS = 16_384;

/** CRC-16/XMODEM, as the Redis Cluster specification asks for. */
function crc16(text: string): number {
  let crc = 0;
  for (const byte of Buffer.from(text)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++)
      crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
}

/** The slot of a key: of its hash tag, the part in braces, where it has one. */
export function keySlot(key: string): number {
  const tag = /\{([^}]+)\}/.exec(key)?.[1];
  return crc16(tag ?? key) % SLOTS;
}
