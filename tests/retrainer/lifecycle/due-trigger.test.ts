import { dueTrigger, isBackingOff } from '../../../retrainer/lifecycle/due-trigger.ts'
import { HOUR_MS, MINUTE_MS } from '../../../schemas/durations.ts'
import type { StoredTraining } from '../../../store/models/trainings.ts'

const NOW = Date.UTC(2026, 0, 5)
const settings = { labelsMin: 200, scheduleHours: 24 }

const trained = (hoursAgo: number, changes: Partial<StoredTraining> = {}): StoredTraining => ({
  ...{ id: 1, task: 'conversion', trigger: 'labels', why: '', requestedBy: null, requestedAt: new Date(0) },
  ...{ state: 'ended', attempts: 1, labels: 0, labelsKnownTo: null, result: '', modelId: null, promoted: null },
  startedAt: new Date(NOW - hoursAgo * HOUR_MS),
  endedAt: new Date(NOW - hoursAgo * HOUR_MS),
  ...changes,
})

test('enough new labels call for a training, the schedule with at least one', () => {
  expect(dueTrigger(trained(1), 200, NOW, settings)).toMatchObject({ kind: 'labels', by: null })
  expect(dueTrigger(undefined, 200, NOW, settings)).toEqual({ kind: 'labels', why: '200 new labels.', by: null })
  expect(dueTrigger(trained(1), 199, NOW, settings)).toBeUndefined()
  expect(dueTrigger(trained(24), 1, NOW, settings)).toMatchObject({ kind: 'schedule' })
  expect(dueTrigger(trained(23.9), 1, NOW, settings)).toBeUndefined()
})

test('without new labels, or without a schedule, nothing is due', () => {
  expect(dueTrigger(trained(1_000), 0, NOW, settings)).toBeUndefined()
  expect(dueTrigger(trained(1_000), 199, NOW, { ...settings, scheduleHours: 0 })).toBeUndefined()
  expect(dueTrigger(undefined, 199, NOW, settings)).toBeUndefined()
})

test('a failed training is not repeated for an hour', () => {
  const failed = (minutes: number) => trained(2, { state: 'failed', endedAt: new Date(NOW - minutes * MINUTE_MS) })
  expect(isBackingOff(failed(59), NOW)).toBe(true)
  expect(isBackingOff(failed(60), NOW)).toBe(false)
  expect(isBackingOff(trained(0), NOW)).toBe(false)
  expect(isBackingOff(undefined, NOW)).toBe(false)
})
