import { gzipSync } from 'node:zlib'
import { openBytes } from '../../files/open-bytes.ts'
import { fileOf } from './scratch.ts'

async function read(content: string | Buffer): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of openBytes(fileOf(content))) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

test('a packed file is unpacked whatever its name', async () => {
  expect(await read(gzipSync('x,y\n1,2\n'))).toBe('x,y\n1,2\n')
  expect(await read('')).toBe('')
})

test('a workbook is named as such', async () => {
  await expect(read(Buffer.from('PK\x03\x04rest'))).rejects.toThrow('seems to be an Excel workbook')
})

test('a file that is not there, and a folder', async () => {
  await expect(openBytes('/nowhere/x.csv').next()).rejects.toThrow('There is no file /nowhere/x.csv')
  await expect(openBytes(import.meta.dirname).next()).rejects.toThrow('is a folder')
})
