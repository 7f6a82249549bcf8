import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { writeLines } from '../../files/write-lines.ts'
import { fileOf } from './scratch.ts'

test('lines end in a line feed, packed or not', async () => {
  const [plain, packed] = [fileOf(''), fileOf('', 'a.gz')]
  await writeLines(plain, ['a', 'b'])
  await writeLines(packed, ['a', 'b'])
  expect(readFileSync(plain, 'utf8')).toBe('a\nb\n')
  expect(gunzipSync(readFileSync(packed)).toString()).toBe('a\nb\n')
})
