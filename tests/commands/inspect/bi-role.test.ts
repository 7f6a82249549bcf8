import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { uniqueName, migratedDatabase } from '../../support/services.ts'

const main = fileURLToPath(new URL('../../../main.ts', import.meta.url))
const name = uniqueName('bi').replaceAll('-', '_')
let url: string
let drop: () => Promise<void>
beforeAll(async () => {
  ;({ url, drop } = await migratedDatabase())
})
afterAll(() => drop())

async function biRole(words: readonly string[], input = ''): Promise<{ code: number; out: string; err: string }> {
  const env = { ...process.env, DATABASE_URL: url, LOG_FORMAT: 'text' }
  const child = spawn('node', ['--disable-warning=ExperimentalWarning', main, 'bi-role', ...words], { env })
  child.stdin.end(input)
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { code: code as number, out, err }
}

test('takes the password from standard input, and does not repeat it', async () => {
  const password = 'Correct-Horse-1\n'
  const granted = await biRole(['grant', name, '--statement-timeout', '30'], password)
  expect(granted.code).toBe(0)
  expect(JSON.parse(granted.out)).toMatchObject({ role: name, created: true, statementTimeoutS: 30 })
  expect(granted.out + granted.err).not.toContain(password.trim())
  const revoked = await biRole(['revoke', name])
  expect(JSON.parse(revoked.out)).toEqual({ role: name, dropped: true })
}, 60_000)

test('names what is wrong with the password and the limit', async () => {
  for (const password of ['', 'short', 'with a space in it', 'пароль-пароль-пароль', 'two-lines-here\nand-another'])
    expect(await biRole(['grant', name], password)).toMatchObject({
      code: 1,
      err: expect.stringContaining('must have 12 to 200 ASCII characters') as string,
    })
  const wrong = await biRole(['grant', name, '--statement-timeout', '0'], 'Correct-Horse-1')
  expect(wrong.err).toContain('--statement-timeout must be a whole number of seconds from 1 to 3600, not "0".')
}, 60_000)
