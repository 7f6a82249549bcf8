import { detectors } from '../../../../processors/visits/evidence/detectors.ts'
import { evidenceFault, evidenceSettings } from '../../../../processors/visits/evidence/evidence-settings.ts'

const setting = (kind: string, more = {}) => ({ kind, falseWeight: null, invalidWeight: null, parameters: {}, ...more })

test('every kind has its own name, a meaning and what it can’t know; defaults are within their bounds', () => {
  expect(new Set(detectors.map(({ kind }) => kind)).size).toBe(detectors.length)
  for (const { parameters, means, cannotKnow } of detectors) {
    expect(means.length).toBeGreaterThan(20)
    expect(cannotKnow.length).toBeGreaterThan(20)
    for (const { value, from, to } of Object.values(parameters)) expect(value >= from && value <= to).toBe(true)
  }
})

test('a policy changes weights and parameters, and leaves the others', () => {
  const set = evidenceSettings({ evidence: [setting('copied-text', { falseWeight: 0, parameters: { days: 90 } })] })
  const copied = set.find(({ detector }) => detector.kind === 'copied-text')!
  expect(copied.weights).toEqual({ false: 0, invalid: 0.15 })
  expect(copied.parameters).toMatchObject({ days: 90, commonMin: 8 })
})

test.each([
  [[], undefined],
  [[setting('telepathy')], /There is no evidence telepathy\. There are: copied-text/],
  [[setting('copied-text'), setting('copied-text')], /copied-text is set twice/],
  [[setting('copied-text', { parameters: { ages: 1 } })], /no parameter ages\. It has: commonMin/],
  [[setting('copied-text', { parameters: { days: 0 } })], /days is 0; it must be between 1/],
  [[setting('entered-late', { parameters: { fromH: 400 } })], /begins only at 400: raise fullH/],
])('contradictions are refused: %#', (evidence, fault) => {
  if (fault === undefined) expect(evidenceFault({ evidence })).toBeUndefined()
  else expect(evidenceFault({ evidence })).toMatch(fault)
})
