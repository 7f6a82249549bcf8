import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { erase } from '../../../commands/data/run-personal-data.ts'
import type { CommandContext } from '../../../composition/context.ts'

/** Without a database: what is refused is refused before one is opened. */
const context = { config: {} } as unknown as CommandContext
const act = { by: 'Li Wei', reason: 'Request 12', refuseDays: '30' }
const folder = mkdtempSync(join(tmpdir(), 'people-'))

test('a file of ids in another encoding is refused, since no one of that name would be erased', async () => {
  const file = join(folder, 'people.txt')
  writeFileSync(file, Buffer.from([0x63, 0x31, 0x0a, 0xb9, 0xcb, 0xbf, 0xcd, 0x0a]))
  await expect(erase(context, [], { ...act, file })).rejects.toThrow(`${file}:2: byte`)
})

test('a file without ids, and neither ids nor a file, are refused', async () => {
  const file = join(folder, 'empty.txt')
  writeFileSync(file, '\n  \n')
  await expect(erase(context, [], { ...act, file })).rejects.toThrow('Name at least one person')
  await expect(erase(context, [], act)).rejects.toThrow('Name at least one person')
})

test.each([
  [{ by: ' ' }, '--by must name the person responsible'],
  [{ reason: '' }, '--reason must give the reason'],
  [{ refuseDays: '-1' }, '--refuse-days must be a whole number'],
])('%j is refused', async (changes, message) => {
  await expect(erase(context, ['c1'], { ...act, ...changes })).rejects.toThrow(message)
})
