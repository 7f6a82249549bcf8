import { enteredLate } from '../../../../processors/visits/evidence/entered-late.ts'
import { at, facts, scores } from './facts.ts'

const entered = (time: string) => scores(enteredLate, [facts('a', { occurredAt: at('9:00'), enteredAt: at(time) })])

test('weeks later', () => expect(entered('9:00+20')['a']).toBe(1))
test('the next day is usual', () => expect(entered('20:00+1')).toEqual({}))
test('before the visit a clock was wrong', () => expect(entered('1:00')).toEqual({}))
