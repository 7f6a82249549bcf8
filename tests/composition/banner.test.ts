import { bannerOf } from '../../composition/banner.ts'
import type { RunningPart } from '../../composition/running-part.ts'
import { readConfig } from '../../config.ts'

const services = {
  brokers: ['127.0.0.1:9092'],
  databaseUrl: 'postgres://someone:secret@127.0.0.1:5433/scoreline',
  origins: { kafka: 'started here', database: 'started here' },
  stop: () => Promise.resolve(),
}
const part = (more: Partial<RunningPart>): RunningPart => ({
  name: 'sink',
  trouble: () => undefined,
  stop: () => Promise.resolve(),
  ...more,
})

test('a simulated world is announced with its clock; passwords are not shown', () => {
  const clock = () => ({ now: Date.UTC(2026, 9, 14, 8, 30), speed: 60 })
  const banner = bannerOf(readConfig({}), services, [part({}), part({ name: 'simulator', simulatedClock: clock })])
  expect(banner).toContain('SIMULATED')
  expect(banner).toContain('2026-10-14 08:30 UTC, 60 × faster than the wall clock')
  expect(banner).not.toContain('secret')
})

test('without a simulated world there is no other clock', () => {
  expect(bannerOf(readConfig({ SIMULATE: 'false' }), services, [part({})])).not.toContain('clock')
})
