/** Numbers as base64 of little-endian Float32: a third of the size of their digits in JSON. */
export function packFloats(values: ArrayLike<number>): string {
  const view = new DataView(new ArrayBuffer(values.length * 4))
  for (let i = 0; i < values.length; i++) view.setFloat32(4 * i, values[i]!, true)
  const bytes = new Uint8Array(view.buffer)
  let text = ''
  // A call takes only so many arguments.
  for (let start = 0; start < bytes.length; start += 8192) text += String.fromCharCode(...bytes.subarray(start, start + 8192))
  return btoa(text)
}

/** Throws for a text that is not base64 of `count` numbers. */
export function unpackFloats(packed: string, count: number): Float32Array {
  const text = atob(packed)
  if (text.length !== count * 4) throw new Error(`${count} packed numbers take ${count * 4} bytes, and there are ${text.length}.`)
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
  const view = new DataView(bytes.buffer)
  return Float32Array.from({ length: count }, (_, i) => view.getFloat32(4 * i, true))
}
