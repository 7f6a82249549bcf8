import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { readFrames, sumOfFile, writeFrames } from '../../../composition/backup/framed-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'framed-'))
const path = join(folder, 'frames.zst')
const never = new AbortController().signal

async function* these(frames: readonly Uint8Array[]): AsyncGenerator<Buffer> {
  for (const frame of frames) yield await Promise.resolve(Buffer.from(frame))
}

async function all(from: string): Promise<Buffer[]> {
  const frames: Buffer[] = []
  for await (const frame of readFrames(from)) frames.push(frame)
  return frames
}

test('any frames come back, and the checksum is that of the file', async () => {
  const frames = fc.array(fc.uint8Array({ maxLength: 200_000, size: 'max' }), { maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(frames, async (written) => {
      const sum = await writeFrames(path, these(written), never)
      expect((await all(path)).map((frame) => Buffer.compare(frame, written.shift()!))).not.toContain(1)
      expect(written).toEqual([])
      expect(await sumOfFile(path)).toEqual(sum)
    }),
    { numRuns: 20 },
  )
})

test('only its owner may read it', async () => {
  await writeFrames(path, these([Buffer.from('secret')]), never)
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('a frame that is not whole is an error with the path of its file', async () => {
  writeFileSync(path, zstdCompressSync(Buffer.from([0, 0, 0, 9, 1])))
  await expect(all(path)).rejects.toThrow(`${path} ends within a frame`)
})

test('a file has its name only once it is whole', async () => {
  const other = join(folder, 'other.zst')
  async function* failing(): AsyncGenerator<Buffer> {
    yield await Promise.resolve(Buffer.from('a'))
    throw new Error('the source is gone')
  }
  await expect(writeFrames(other, failing(), never)).rejects.toThrow('the source is gone')
  expect(() => readFileSync(other)).toThrow('ENOENT')
})
