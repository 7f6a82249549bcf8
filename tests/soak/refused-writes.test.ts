import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { limitFileSize } from '../../soak/small-disk.ts'

const store = new URL('../../streams/state/open-store.ts', import.meta.url).href

/** A program that writes a checkpoint at each message, larger than any before, and reports the result. */
const program = `
  import { openStore } from ${JSON.stringify(store)}
  process.on('SIGXFSZ', () => {})
  const store = await openStore(process.argv[1], '1:0')
  let count = 100
  process.on('message', () => {
    count *= 10
    const records = Array.from({ length: count }, (_, index) => [Buffer.from('c' + index), Buffer.alloc(100)])
    try {
      store.checkpoint(records, { changelogId: 'x', changelogOffset: count, writtenAt: 1 })
      process.send('written')
    } catch (error) {
      process.send(error.name)
    }
  })
  process.send('ready')`

const onLinux = process.platform === 'linux' ? test : test.skip

onLinux('a process whose writes are refused takes them for a full disk, and writes again when it may', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'refused-writes-'))
  const child = spawn(
    process.execPath,
    ['--input-type=module-typescript', '--disable-warning=ExperimentalWarning', '-e', program, directory],
    { stdio: ['ignore', 'inherit', 'ignore', 'ipc'] },
  )
  const answer = async () => ((await once(child, 'message')) as [string])[0]
  const checkpoint = () => {
    child.send('go')
    return answer()
  }
  try {
    expect(await answer()).toBe('ready')
    expect(await checkpoint()).toBe('written')
    limitFileSize(child.pid!, 4_096)
    expect(await checkpoint()).toBe('StoreWriteError')
    limitFileSize(child.pid!, undefined)
    expect(await checkpoint()).toBe('written')
  } finally {
    child.kill('SIGKILL')
    rmSync(directory, { recursive: true, force: true })
  }
})
