import { lineOf } from '../../composition/log-line.ts'
import type { RunningPart } from '../../composition/running-part.ts'
import { shutDown } from '../../composition/shut-down.ts'
import type { Log } from '../../streams/log.ts'

const steps: string[] = []
beforeEach(() => void steps.splice(0))

const part = (name: string, stop: () => Promise<void> = () => Promise.resolve()): RunningPart => ({
  name,
  trouble: () => undefined,
  stop: () => (steps.push(name), stop()),
})
const services = { stop: () => (steps.push('services'), Promise.resolve()) }
const log: Log = (_level, message, fields) => void steps.push(lineOf(message, fields))

test('feeders stop first, servers last; a failing part does not keep the others from stopping', async () => {
  const failing = part('clock', () => Promise.reject(new Error('no broker')))
  await shutDown([part('sink'), failing, part('simulator')], services, log)
  expect(steps).toEqual(['simulator', 'clock', 'clock did not stop cleanly: Error: no broker', 'sink', 'services'])
})

test('a part that does not stop is abandoned with a log line, and the servers are stopped all the same', async () => {
  const endless = part('retrainer', () => new Promise(() => {}))
  await shutDown([part('sink'), endless], services, log, 20)
  expect(steps).toEqual([
    'retrainer',
    'retrainer had not stopped after 0.02 s: it is left to the next start.',
    'services',
  ])
})
