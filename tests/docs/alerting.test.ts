/** Runs the receivers of docs/alerting.md exactly as printed there. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { resolve } from 'node:path'
import { findFreePort } from '../../deploy/ports.ts'
import { createWebhookSender, type WebhookSender } from '../../deliveries/webhook/webhook-sender.ts'
import { waitFor } from '../support/services.ts'

const root = resolve(import.meta.dirname, '../..')
const document = readFileSync(resolve(root, 'docs/alerting.md'), 'utf8')
const blockOf = (language: string) => new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'm').exec(document)![1]!
const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`
const secrets: Record<string, string> = { right: newSecret(), wrong: newSecret() }

let sender: WebhookSender
let child: ChildProcess
beforeAll(() => {
  const allowed = { networks: ['127.0.0.1'], http: true }
  sender = createWebhookSender({ allowed, timeoutMs: 5_000, secret: (name) => secrets[name], agent: 'test' })
})
afterAll(() => sender.close())
afterEach(async () => {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
})

function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const isUp = (port: number) =>
  new Promise<boolean>((settle) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      settle(true)
    }).on('error', () => settle(false))
  })

test.each([
  ['js', 'node', ['--input-type=module', '-e']],
  ...(hasPython() ? [['python', 'python3', ['-c']] as const] : []),
] as const)(
  'the receiver in %s takes what is signed, once or by two secrets, and nothing else',
  async (language, program, options) => {
    const port = await findFreePort()
    const environment = { ...process.env, SECRET: secrets['right'], PORT: String(port) }
    child = spawn(program, [...options, blockOf(language)], {
      cwd: root,
      env: environment,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let said = ''
    child.stdout!.on('data', (piece: Buffer) => (said += piece.toString()))
    await waitFor(() => isUp(port), { what: `the receiver in ${language}`, timeoutMs: 60_000 })
    const send = (id: string, names: string[]) =>
      sender.send(
        { url: `http://127.0.0.1:${port}/`, secrets: names },
        { id, body: JSON.stringify({ type: 'alert.raised', timestamp: '2026-01-01T00:00:00Z', data: { text: id } }) },
      )
    expect(await send('first', ['right'])).toMatchObject({ kind: 'delivered', status: 204 })
    expect(await send('second', ['wrong', 'right'])).toMatchObject({ kind: 'delivered' })
    expect(await send('forged', ['wrong'])).toMatchObject({ status: 401 })
    await waitFor(() => said.includes('second'), { what: 'what was taken' })
    expect(said).toContain('first')
    expect(said).not.toContain('forged')
  },
  120_000,
)
