/** Whatever the platform starts on this machine must end with it, however it ends. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { findFreePort } from '../../deploy/ports.ts'
import { markProcess, waitForEnd } from '../../deploy/processes.ts'
import { makeTemporaryDirectory } from '../support/test-services.ts'

test.each(['process.exit(1)', "throw new Error('a mistake')"])(
  'PostgreSQL ends with a process that ends by %s',
  async (end) => {
    const directory = makeTemporaryDirectory('embedded-test')
    const project = join(import.meta.dirname, '../..')
    const environment = {
      KAFKA_BROKERS: '127.0.0.1:1',
      DATA_DIRECTORY: directory,
      DATABASE_PORT: String(await findFreePort()),
    }
    const script = `
    const { provideServices } = await import(${JSON.stringify(join(project, 'composition/embedded.ts'))})
    const { readConfig } = await import(${JSON.stringify(join(project, 'config.ts'))})
    const { origins } = await provideServices(readConfig(${JSON.stringify(environment)}), () => {})
    console.log(origins.database.match(/process (\\d+)/)[1])
    process.stdin.resume().once('end', () => { ${end} })`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'ignore'] })
    try {
      const [printed] = (await once(parent.stdout, 'data')) as [Buffer]
      const mark = markProcess(Number(printed.toString()))!
      expect(mark).toBeDefined()
      parent.stdin.end()
      await once(parent, 'exit')
      expect(await waitForEnd(mark, 8_000)).toBe(true)
    } finally {
      parent.kill('SIGKILL')
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
    }
  },
)
