/** Encodes bytes as base64. */
export function packBytes(bytes: Uint8Array): string {
  let text = ''
  // In chunks, because the number of arguments of a call is limited.
  for (let start = 0; start < bytes.length; start += 8192)
    text += String.fromCharCode(...bytes.subarray(start, start + 8192))
  return btoa(text)
}

/** Decodes base64. Throws if the text is not base64. */
export function packedBytes(packed: string): Uint8Array {
  return Uint8Array.from(atob(packed), (character) => character.charCodeAt(0))
}

/** Decodes base64. Throws unless it holds `count` numbers of `size` bytes each. */
export function unpackBytes(packed: string, count: number, size: number): Uint8Array {
  const bytes = packedBytes(packed)
  if (bytes.length !== count * size)
    throw new Error(`${count} packed numbers take ${count * size} bytes, and there are ${bytes.length}.`)
  return bytes
}
