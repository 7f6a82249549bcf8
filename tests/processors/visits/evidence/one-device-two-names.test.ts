import { oneDeviceTwoNames } from '../../../../processors/visits/evidence/one-device-two-names.ts'
import { at, facts, scores } from './facts.ts'

const used = (visitId: string, time: string, salespersonId: string) =>
  facts(visitId, { occurredAt: at(time), salespersonId, deviceId: 'phone' })

test('alternating within a day: against the one who rarely uses the device', () => {
  const found = scores(oneDeviceTwoNames, [used('a', '9:00', 's1'), used('b', '10:00', 's2'), used('c', '11:00', 's1')])
  expect(found).toEqual({ b: 0.9 })
})

test('against both if the device belongs to neither', () => {
  const names = ['s1', 's2', 's1', 's2']
  const found = scores(
    oneDeviceTwoNames,
    names.map((name, i) => used(`v${i}`, `${9 + i}:00`, name)),
  )
  expect(Object.keys(found)).toEqual(['v0', 'v1', 'v2', 'v3'])
})

test('a phone that is handed on is no evidence', () => {
  expect(scores(oneDeviceTwoNames, [used('a', '9:00', 's1'), used('b', '10:00', 's2')])).toEqual({})
})

test('changes that are days apart are no evidence', () => {
  const days = [used('a', '9:00', 's1'), used('b', '9:00+3', 's2'), used('c', '9:00+6', 's1')]
  expect(scores(oneDeviceTwoNames, days)).toEqual({})
})

test('a device that the policy lists as shared, or that many use, is no evidence', () => {
  const day = [used('a', '9:00', 's1'), used('b', '10:00', 's2'), used('c', '11:00', 's1')]
  expect(scores(oneDeviceTwoNames, day, { isShared: (device) => device === 'phone' })).toEqual({})
  const many = ['s1', 's2', 's3', 's4', 's5', 's1'].map((name, i) => used(String(i), `${9 + i}:00`, name))
  expect(scores(oneDeviceTwoNames, many)).toEqual({})
})
