import fc from 'fast-check'
import {
  lastVisitAt,
  rememberVisit,
  visitHistoryKinds,
  VISITS_MAX,
  visitsOf,
} from '../../../features/visits/visit-history.ts'
import { reportOnly, type Visit } from '../../../schemas/visits/visits.ts'
import { mapMemory } from '../map-memory.ts'
import { randomEvents, shuffled, START } from '../random-events.ts'

const visit = (visitId: string, more: Partial<Visit> = {}): Visit => ({
  id: `${visitId}-${more.revision ?? 0}`,
  occurredAt: START,
  source: 'test',
  visitId,
  revision: 0,
  withdrawn: false,
  opportunityId: 'o1',
  customerId: 'c',
  salespersonId: 's',
  text: visitId,
  ...reportOnly,
  ...more,
})

function remembered(...visits: readonly Visit[]) {
  const memory = mapMemory(visitHistoryKinds)
  const touched = visits.map((each) => rememberVisit(memory, each))
  return { memory, touched, texts: (opportunityId: string) => visitsOf(memory, opportunityId).map(({ text }) => text) }
}

describe('rememberVisit', () => {
  it('puts visits in order of time, then of id, whenever they arrive', () => {
    const { texts } = remembered(
      visit('late', { occurredAt: START + 2 }),
      visit('b'),
      visit('a'),
      visit('early', { occurredAt: START - 5 }),
    )
    expect(texts('o1')).toEqual(['early', 'a', 'b', 'late'])
  })

  it('replaces a visit by its correction, and not by an older one', () => {
    const { texts, touched } = remembered(
      visit('v', { revision: 2, text: 'second' }),
      visit('v', { revision: 1, text: 'first' }),
      visit('v', { revision: 3, text: 'third' }),
    )
    expect(texts('o1')).toEqual(['third'])
    expect(touched).toEqual([['o1'], [], ['o1']])
  })

  it('moves a visit to another opportunity, and returns both as changed', () => {
    const { texts, touched, memory } = remembered(visit('v'), visit('v', { revision: 1, opportunityId: 'o2' }))
    expect([texts('o1'), texts('o2')]).toEqual([[], ['v']])
    expect(touched[1]).toEqual(['o2', 'o1'])
    expect([lastVisitAt(memory, 'o1'), lastVisitAt(memory, 'o3')]).toEqual([START, undefined])
  })

  it('removes a withdrawn visit for good', () => {
    const { texts } = remembered(visit('v', { revision: 2, withdrawn: true }), visit('v', { revision: 1 }))
    expect(texts('o1')).toEqual([])
  })

  it('separates opportunities whose ids share a prefix or are long and strange', () => {
    const long = '机会/'.repeat(120)
    const { texts, memory } = remembered(
      visit('a'),
      visit('b', { opportunityId: 'o1/' }),
      visit('c', { opportunityId: long }),
      visit('d', { opportunityId: `${long}x` }),
    )
    expect([texts('o1'), texts('o1/'), texts(long), texts(`${long}x`)]).toEqual([['a'], ['b'], ['c'], ['d']])
    for (const kind of visitHistoryKinds)
      for (const [id] of memory.scan<unknown>(kind)) expect(id.length).toBeLessThan(260)
  })

  it('arrives at the same visits in whatever order they and their corrections come', () => {
    const list = fc.array(randomEvents(3).visits, { maxLength: 40, size: 'max' })
    fc.assert(
      fc.property(shuffled(list), ({ list, other }) => {
        const [one, two] = [remembered(...list), remembered(...other)]
        for (const opportunity of ['o', 'o/1', 'o2'])
          expect(visitsOf(two.memory, opportunity)).toEqual(visitsOf(one.memory, opportunity))
      }),
    )
  })
})

test('an opportunity accepts no more visits than its limit, but corrections of those that it has; others are unaffected', () => {
  const { memory, texts } = remembered(...Array.from({ length: VISITS_MAX }, (_, index) => visit(`v${index}`)))
  expect(() => rememberVisit(memory, visit('one more'))).toThrow(`Opportunity o1 has ${VISITS_MAX} visits already`)
  expect(rememberVisit(memory, visit('v7', { revision: 1, text: 'corrected' }))).toEqual(['o1'])
  expect(rememberVisit(memory, visit('one more', { opportunityId: 'o2' }))).toEqual(['o2'])
  // There is no room either for a correction that would move a visit here, so the visit stays where it was.
  const moving = visit('one more', { revision: 1 })
  expect(() => rememberVisit(memory, moving)).toThrow('visits already, the maximum')
  expect(texts('o1')).toHaveLength(VISITS_MAX)
  expect(texts('o1')).toContain('corrected')
  expect(texts('o2')).toEqual(['one more'])
})
