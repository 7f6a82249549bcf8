import { defaultDispositions } from '../../../../processors/calls/lists/default-dispositions.ts'
import { dispositionSetting } from '../../../../processors/calls/lists/disposition-setting.ts'

const refused = (code: string, changes: object) =>
  dispositionSetting.validate!({ ...defaultDispositions.get(code)!, ...changes }, undefined)

test('the built-in codes are valid', () => {
  for (const [code, value] of defaultDispositions)
    expect([code, dispositionSetting.validate!(value, undefined)]).toEqual([code, undefined])
})

test('contradictions are refused', () => {
  expect(refused('interested', { refused: true })).toContain('not both')
  expect(refused('no-answer', { interested: true })).toContain('Only a person')
  expect(refused('wrong-number', { recycle: { afterMinutes: 5, attemptsMax: 2 } })).toContain('is not called again')
})
