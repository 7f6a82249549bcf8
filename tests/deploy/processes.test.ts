import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { isRunning, markProcess, stopProcess, waitForEnd } from '../../deploy/processes.ts'
import { waitFor } from '../support/services.ts'

const start = async (script: string) => {
  const child = spawn(process.execPath, ['-e', `${script}; console.log('ready'); setInterval(() => {}, 1000)`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return { child, mark: markProcess(child.pid!)! }
}

describe('a process that is remembered', () => {
  test('is running until it has ended', async () => {
    const { mark } = await start('')
    expect(isRunning(mark)).toBe(true)
    await stopProcess(mark, 'SIGTERM', 5_000)
    expect(isRunning(mark)).toBe(false)
    expect(markProcess(mark.pid)).toBeUndefined()
  })

  test('is not mistaken for another process with its id', () => {
    const now = markProcess(process.pid)!
    expect(isRunning(now)).toBe(true)
    expect(isRunning({ ...now, began: '1' })).toBe(false)
  })

  test('is not signalled when its id belongs to another process', async () => {
    await stopProcess({ pid: process.pid, began: '1' }, 'SIGKILL', 0)
    expect(isRunning(markProcess(process.pid)!)).toBe(true)
  })

  test('is killed if it ignores the signal', async () => {
    const { child, mark } = await start(`process.on('SIGTERM', () => {})`)
    await stopProcess(mark, 'SIGTERM', 50)
    expect(isRunning(mark)).toBe(false)
    // Node notices the exit a moment after the system.
    await waitFor(() => child.signalCode === 'SIGKILL', { what: 'the signal that ended it' })
  })

  test('waiting for its end has an end', async () => {
    const { mark } = await start('')
    expect(await waitForEnd(mark, 30)).toBe(false)
    await stopProcess(mark, 'SIGKILL', 5_000)
  })
})
