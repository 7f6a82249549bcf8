import { spawn, type ChildProcess } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRunning, markProcess } from '../../deploy/processes.ts'
import { killOrphan } from '../../deploy/server-record.ts'
import { makeTemporaryDirectory } from '../support/test-services.ts'

let directory: string
let server: ChildProcess
beforeEach(() => {
  directory = makeTemporaryDirectory('server-record')
  server = spawn('sleep', ['60'])
})
afterEach(() => {
  server.kill('SIGKILL')
  rmSync(directory, { recursive: true })
})

const note = (owner: unknown): void =>
  writeFileSync(join(directory, 'running.json'), JSON.stringify({ server: markProcess(server.pid!), owner, port: 1 }))

test('a server that was left running is ended before its data are deleted', async () => {
  note({ pid: server.pid, began: 'another process with the same id' })
  await killOrphan(directory, 'a server')
  expect(isRunning(markProcess(server.pid!) ?? { pid: server.pid!, began: 'ended' })).toBe(false)
})

test('a server that another process uses is not stopped, and that is refused', async () => {
  note(markProcess(process.pid))
  await expect(killOrphan(directory, 'a server')).rejects.toThrow(`in use by process ${process.pid}`)
  expect(isRunning(markProcess(server.pid!)!)).toBe(true)
})

test('where nothing was left running there is nothing to do', () => killOrphan(directory, 'a server'))
