import { stageNamed, stageOf } from '../../../features/recommendations/stage.ts'
import { stages } from '../../../schemas/recommendations/dictionary.ts'
import { opportunity } from '../../processors/scoring-fixtures.ts'

test('a stage is recognised by its own name and by the names of CRMs', () => {
  expect(stages.map(stageNamed)).toEqual([...stages])
  expect(stageNamed(' Negotiation ')).toBe('contract')
  expect(stageNamed('moonwalk')).toBeUndefined()
})

test.each(['__proto__', 'constructor', 'valueOf', 'Constructor'])(
  '%s is no stage, though any object has it',
  (stage) => {
    expect(stageNamed(stage)).toBeUndefined()
    expect(stageOf([opportunity(1, { status: 'open', stage })])).toBe('sale')
  },
)

test('a customer’s stage is that of the open opportunity that was reported last', () => {
  const early = opportunity(1, { opportunityId: 'o1', stage: 'contract' })
  const late = opportunity(2, { opportunityId: 'o2', stage: 'sale' })
  expect(stageOf([late, early])).toBe('sale')
  expect(stageOf([{ ...late, status: 'lost' }, early])).toBe('contract')
  expect(stageOf([{ ...late, stage: 'moonwalk' }])).toBe('sale')
  expect(stageOf([{ ...late, stage: null }])).toBe('first contact')
})

test('without an open one it is retention after a deal, else the first contact', () => {
  expect(stageOf([])).toBe('first contact')
  expect(stageOf([opportunity(1, { status: 'lost', stage: 'contract' })])).toBe('first contact')
  expect(stageOf([opportunity(1, { status: 'won' }), opportunity(2, { opportunityId: 'o2', status: 'lost' })])).toBe(
    'retention',
  )
})
