import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readEvents, writeEvents, type EventLine } from '../../importers/json-lines.ts'
import { dataFolder } from './data-set.ts'

async function lines(file: string): Promise<EventLine[]> {
  const all: EventLine[] = []
  for await (const line of readEvents(file)) all.push(line)
  return all
}

const events = [
  { topic: 'visits', event: { id: '1', occurredAt: 1, source: 'test', text: '客户\n“很满意”\u2028' } },
  { topic: 'calls', event: { id: '2', occurredAt: 2, source: 'test' } },
]

describe('event files', () => {
  it.each(['events.jsonl', 'events.jsonl.gz'])('return what was written: %s', async (name) => {
    const file = join(dataFolder({}), name)
    expect(await writeEvents(file, events)).toBe(2)
    expect(await lines(file)).toEqual(events.map((each, i) => ({ line: i + 1, ...each })))
    if (name.endsWith('.gz')) expect(gunzipSync(readFileSync(file)).toString().split('\n')).toHaveLength(3)
  })

  it('let empty lines through and name the line of any other', async () => {
    const good = JSON.stringify(events[0])
    const cases: Record<string, string> = {
      [`${good}\n\n{"topic": "visits"`]: ':3 is not JSON',
      [`${good}\n[]`]: ':2 has no topic',
      [`{"topic":"visits","event":[1]}`]: ':1 has no event',
      [`null`]: ':1 has no topic',
    }
    for (const [content, message] of Object.entries(cases))
      await expect(lines(join(dataFolder({ 'a.jsonl': content }), 'a.jsonl'))).rejects.toThrow(message)
    expect(
      (await lines(join(dataFolder({ 'a.jsonl': `\r\n${good}\r\n\r\n` }), 'a.jsonl'))).map(({ line }) => line),
    ).toEqual([2])
  })

  it('that are missing or cut off are errors', async () => {
    await expect(lines('/absent/events.jsonl')).rejects.toThrow('There is no file')
    await expect(lines('/absent/events.jsonl.gz')).rejects.toThrow('There is no file')
    const file = join(dataFolder({}), 'a.jsonl.gz')
    await writeEvents(file, events)
    const cut = join(dataFolder({}), 'cut.jsonl.gz')
    writeFileSync(cut, readFileSync(file).subarray(0, 60))
    await expect(lines(cut)).rejects.toThrow('cannot be read to its end')
  })
})
