import fc from 'fast-check'
import { changedBy, openedBy } from '../../../../processors/visits/cases/case-changes.ts'
import { afterAct, refusalOf, type CaseState } from '../../../../processors/visits/cases/case-machine.ts'
import { caseActKinds, decisions, type CaseActKind } from '../../../../schemas/visits/case-acts.ts'
import { caseStatuses, type CaseStatus } from '../../../../schemas/visits/cases.ts'
import { actOf, assessmentOf, findingOf } from './case-fixtures.ts'

const terms = { dueDays: 5, lapseDays: 90, closeDays: 14, secondPerson: false }
const open = openedBy(findingOf('v1', 0)).caseState

/** A case in each state, as acts have brought it there. */
const stands: Readonly<Record<CaseStatus, CaseState>> = {
  open,
  assigned: { ...open, status: 'assigned', reviewer: 'wang' },
  answered: { ...open, status: 'answered', reviewer: 'wang', answer: 'I was there.', answeredBy: 's1', answeredAt: 1 },
  proposed: {
    ...open,
    status: 'proposed',
    reviewer: 'wang',
    secondPerson: true,
    decision: 'confirmed',
    claim: 'false',
    proposedBy: 'wang',
  },
  decided: { ...open, status: 'decided', reviewer: 'wang', decision: 'confirmed', claim: 'false', decidedBy: 'wang' },
  closed: { ...open, status: 'closed', reviewer: 'wang', decision: 'harmless', decidedBy: 'wang' },
  withdrawn: { ...open, status: 'withdrawn' },
  lapsed: { ...open, status: 'lapsed' },
}

/** The state after each act in each state; -: the act is refused there. The act is complete, and by li. */
const table: Readonly<Record<CaseActKind, string>> = {
  /*       open     assigned answered proposed decided  closed   withdrawn lapsed */
  assign: 'assigned assigned answered proposed -        -        -         -',
  release: '-       open     answered proposed -        -        -         -',
  answer: 'answered answered answered answered -        -        -         -',
  decide: 'decided  decided  decided  decided  -        -        -         -',
  close: '-         -        -        -        closed   -        -         -',
  reopen: '-        -        -        -        assigned assigned open      open',
  comment: 'open    assigned answered proposed decided  closed   withdrawn lapsed',
}

describe.each(caseActKinds)('%s', (kind) => {
  test.each(caseStatuses)('in a case that is %s', (status) => {
    const held = stands[status]
    const act = actOf(kind, held.revision)
    const refusal = refusalOf(held, act)
    const wanted = table[kind].split(/ +/)[caseStatuses.indexOf(status)]
    if (wanted === '-') return expect(refusal?.problem).toBe('illegal')
    expect(refusal).toBeUndefined()
    const after = afterAct(held, act, terms)
    expect([after.status, after.revision]).toEqual([wanted, held.revision + 1])
  })

  test.each(caseStatuses)('on an outdated revision of a case that is %s', (status) => {
    expect(refusalOf({ ...stands[status], revision: 4 }, actOf(kind, 3))?.problem).toBe('stale')
  })
})

test('the facts at the time of the decision stay with the case, whatever comes later, until it is reopened', () => {
  const decided = afterAct(open, actOf('decide', 0), terms)
  const known = { falseScore: 0.8, evidence: open.evidence, visitCount: null, policyVersion: 3 }
  expect(decided.decidedOn).toMatchObject(known)
  const more = [{ kind: 'mocked-place', score: 1, text: 'An app made it up.', with: null }]
  const later = findingOf('v1', 9, { assessment: assessmentOf('v1', 9, { evidence: more, falseScore: 0.9 }) })
  const { caseState } = changedBy(decided, later, terms)
  expect(caseState).toMatchObject({ evidence: more, falseScore: 0.9, newEvidence: true, decidedOn: known })
  expect(afterAct(caseState, actOf('reopen', caseState.revision), terms).decidedOn).toBeNull()
})

test('a missing field of an act is named', () => {
  const said = (kind: CaseActKind, changes: object, held = open) => refusalOf(held, actOf(kind, 0, changes))
  expect(said('assign', { to: null })).toMatchObject({ problem: 'incomplete', text: expect.stringContaining('whom') })
  expect(said('decide', { decision: null })).toMatchObject({ problem: 'incomplete' })
  expect(said('decide', { decision: 'dismissed', note: '  ' })).toMatchObject({ problem: 'incomplete' })
  expect(said('decide', { note: null })?.text).toContain('has not answered')
  expect(said('decide', { note: null }, stands.answered)).toBeUndefined()
  expect(said('decide', { decision: 'harmless', note: null })).toBeUndefined()
  for (const kind of ['answer', 'comment'] as const) expect(said(kind, { note: null })?.problem).toBe('incomplete')
  expect(said('reopen', { note: null }, stands.closed)?.problem).toBe('incomplete')
})

test('salespeople can’t review their own visits', () => {
  expect(refusalOf(open, actOf('assign', 0, { to: 's1' }))?.problem).toBe('illegal')
  expect(refusalOf(open, actOf('decide', 0, { by: 's1' }))?.problem).toBe('illegal')
  expect(refusalOf(open, actOf('answer', 0, { by: 's1' }))).toBeUndefined()
})

test('if two must decide, the second is another person of the same opinion', () => {
  const act = (by: string, revision: number, decision: (typeof decisions)[number] = 'confirmed') =>
    actOf('decide', revision, { by, decision, note: `says ${by}` })
  const first = afterAct({ ...open, secondPerson: true }, act('li', 0), terms)
  expect(first).toMatchObject({ status: 'proposed', proposedBy: 'li', decision: 'confirmed', decidedBy: null })
  expect(refusalOf(first, act('li', 1))?.text).toContain('second person')
  expect(afterAct(first, act('wang', 1), terms)).toMatchObject({
    ...{ status: 'decided', decision: 'confirmed', claim: 'false', proposedBy: 'li', decidedBy: 'wang' },
    note: 'says li\nsays wang',
  })
  const other = afterAct(first, act('wang', 1, 'dismissed'), terms)
  expect(other).toMatchObject({ status: 'proposed', proposedBy: 'wang', decision: 'dismissed' })
  expect(afterAct(other, act('li', 2, 'dismissed'), terms)).toMatchObject({ status: 'decided', decision: 'dismissed' })
  expect(afterAct(first, actOf('answer', 1), terms)).toMatchObject({
    status: 'answered',
    proposedBy: null,
    decision: null,
  })
})

test('any sequence of acts leaves a case consistent with its state (property)', () => {
  const anyAct = fc.record({
    kind: fc.constantFrom(...caseActKinds),
    by: fc.constantFrom('li', 'wang', 's1'),
    to: fc.constantFrom('li', 'wang', 's1', null),
    decision: fc.constantFrom(...decisions, null),
    claim: fc.constantFrom('false' as const, 'invalid' as const, null),
    note: fc.constantFrom('why', '', null),
    late: fc.integer({ min: 0, max: 1 }),
  })
  fc.assert(
    fc.property(fc.boolean(), fc.array(anyAct, { maxLength: 30 }), (secondPerson, acts) => {
      let held: CaseState = { ...open, secondPerson }
      for (const { late, ...changes } of acts) {
        const act = actOf(changes.kind, held.revision - late, changes)
        if (refusalOf(held, act) !== undefined) continue
        held = afterAct(held, act, terms)
        const isDecided = held.status === 'decided' || held.status === 'closed'
        expect(held.decidedBy !== null).toBe(isDecided)
        expect(held.decision !== null).toBe(isDecided || held.status === 'proposed')
        if (held.status === 'open') expect([held.reviewer, held.answer, held.proposedBy]).toEqual([null, null, null])
        if (held.status === 'assigned') expect(held.reviewer).not.toBeNull()
        if (held.status === 'answered') expect(held.answer).not.toBeNull()
        if (isDecided && secondPerson) expect(held.proposedBy).not.toBe(held.decidedBy)
        if (isDecided) expect(held.decidedBy).not.toBe('s1')
        expect(held.reviewer).not.toBe('s1')
      }
    }),
  )
})
