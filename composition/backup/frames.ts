const LENGTH_BYTES = 4

/** The bytes end within a frame. */
export class CutFrameError extends Error {
  override readonly name = 'CutFrameError'
}

/** Yields each frame after its length (unsigned, 32 bits, big-endian). */
export async function* withLengths(frames: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const frame of frames) {
    const length = Buffer.alloc(LENGTH_BYTES)
    length.writeUInt32BE(frame.length)
    yield length
    if (frame.length > 0) yield frame
  }
}

/** Yields the frames of bytes that arrive in pieces. Throws `CutFrameError`, with `where`, if the last is not whole. */
export async function* framesIn(
  pieces: AsyncIterable<Buffer> | Iterable<Buffer>,
  where: string,
): AsyncGenerator<Buffer> {
  const held = createPieces()
  let wanted: number | undefined
  for await (const piece of pieces) {
    held.add(piece)
    for (;;) {
      if (wanted === undefined) {
        if (held.length() < LENGTH_BYTES) break
        wanted = held.take(LENGTH_BYTES).readUInt32BE()
      }
      if (held.length() < wanted) break
      yield held.take(wanted)
      wanted = undefined
    }
  }
  if (wanted !== undefined || held.length() > 0)
    throw new CutFrameError(`${where} ends within a frame: it was cut off.`)
}

/** Bytes that arrive in pieces and are taken in other sizes, without copying a piece for each one that follows. */
function createPieces() {
  let pieces: Buffer[] = []
  let length = 0
  return {
    length: () => length,
    add(piece: Buffer) {
      pieces.push(piece)
      length += piece.length
    },
    take(count: number): Buffer {
      const whole = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
      pieces = whole.length > count ? [whole.subarray(count)] : []
      length -= count
      return whole.subarray(0, count)
    },
  }
}
