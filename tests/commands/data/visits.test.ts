import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'

const main = fileURLToPath(new URL('../../../main.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'visits-'))
afterAll(() => rmSync(folder, { recursive: true }))
const inFolder = (name: string) => join(folder, name)

function assess(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const command = ['--disable-warning=ExperimentalWarning', main, 'visits', 'assess', ...words]
  return new Promise((resolve) => {
    execFile('node', command, { env: { ...process.env, LOG_FORMAT: 'text' } }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    )
  })
}

const text = '老板说六月订单比去年多了三成，现金流有点紧，想谈一笔设备贷款，财务问了提前还款的条件。'
const visit = (visitId: number, day: string) =>
  JSON.stringify({ visitId, occurredAt: `2026-01-${day} 09:00`, salespersonId: 's1', customerId: visitId, text })

test('a packed file with a zone for its times: a line a visit, counts last, and a report', async () => {
  const [data, out] = [inFolder('visits.jsonl.gz'), inFolder('assessed.jsonl.gz')]
  writeFileSync(data, gzipSync(`\ufeff${visit(1, '05')}\r\n{"visitId": 2\r\n\r\n${visit(3, '09')}\r\n`))
  const done = await assess('--data', data, '--out', out, '--utc-offset', '8')
  expect(done.code).toBe(0)
  expect(done.err).toMatch(/visits\.jsonl\.gz:2: It is not JSON/)
  const counts = JSON.parse(done.out.trim().split('\n').at(-1)!) as Record<string, unknown>
  expect(counts).toMatchObject({ visits: 2, refused: 1, verdicts: { suspected_false: 1 }, placesProposed: 0 })
  const lines = gunzipSync(readFileSync(out)).toString().trim().split('\n')
  expect(lines.map((line) => (JSON.parse(line) as { visitId: string }).visitId)).toEqual(['1', '3'])
  expect(existsSync(inFolder('assessed.html'))).toBe(true)
}, 30_000)

test('another encoding is guessed and reported', async () => {
  const [data, out] = [inFolder('utf16.jsonl'), inFolder('utf16-out.jsonl')]
  writeFileSync(data, Buffer.from(`${visit(1, '05')}\n${visit(2, '09')}\n`, 'utf16le'))
  const done = await assess('--data', data, '--out', out, '--utc-offset', '8')
  expect(done.err).toMatch(/utf-16le, which is a guess/)
  expect(done.out).toMatch(/"copied-text":1/)
}, 30_000)

test.each([
  ['a file that is not there', ['--data', 'none.jsonl', '--out', inFolder('x.jsonl')], /There is no file none\.jsonl/],
  ['a file without visits', ['--data', main, '--out', inFolder('x.jsonl')], /No line of .*main\.ts is a visit/],
  ['an impossible zone', ['--data', 'x', '--out', 'y', '--utc-offset', 'Shanghai'], /--utc-offset must be a number/],
])('%s is an error that says so', async (_, words, message) => {
  const done = await assess(...words)
  expect(done.code).toBe(1)
  expect(done.err).toMatch(message)
})
