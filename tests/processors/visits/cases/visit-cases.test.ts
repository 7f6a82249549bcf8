import fc from 'fast-check'
import { visitCases } from '../../../../processors/visits/cases/visit-cases.ts'
import { alerts, type Alert } from '../../../../schemas/customers/alerts.ts'
import { clock } from '../../../../schemas/platform/clock.ts'
import type { Message, Topic } from '../../../../schemas/topic.ts'
import { alertAdmissions } from '../../../../schemas/visits/alert-admissions.ts'
import { caseActKinds, caseActs, decisions, type CaseAct } from '../../../../schemas/visits/case-acts.ts'
import { caseFindings, type CaseFinding } from '../../../../schemas/visits/case-findings.ts'
import { cases, undecidedStatuses, type Case } from '../../../../schemas/visits/cases.ts'
import { createReplay, noGlobals, type ReplayInput } from '../../../../streams/replay/replay.ts'
import { actOf, assessmentOf, at, findingOf } from './case-fixtures.ts'

const found = (day: number, changes: Partial<CaseFinding> = {}): ReplayInput => ({
  topic: caseFindings,
  value: findingOf('v1', day, changes),
})
const done = (kind: CaseAct['kind'], revision: number, changes: Partial<CaseAct> = {}): ReplayInput => ({
  topic: caseActs,
  value: actOf(kind, revision, changes),
})
const room = (day: number, kind: string | null = 'suspected-false-visit'): ReplayInput => ({
  topic: alertAdmissions,
  value: { id: `room/${day}/${kind}`, occurredAt: at(day), source: 'test', visitId: 'v1', customerId: 'c1', kind },
})
const tick = (day: number): ReplayInput => ({
  topic: clock,
  value: { id: `tick/${day}`, occurredAt: at(day), source: 'test', partition: 0 },
})

const casesOf = (messages: readonly Message[]) =>
  messages.filter(({ topic }) => topic === (cases as Topic)).map(({ value }) => value as Case)
const alertsOf = (messages: readonly Message[]) =>
  messages
    .filter(({ topic }) => topic === (alerts as Topic))
    .map(({ value }) => value as Alert)
    .map(({ kind, raised }) => `${raised ? '+' : '-'}${kind}`)
const story = (messages: readonly Message[]) =>
  casesOf(messages).map(({ change, status }) => `${change.kind}: ${status}`)

test('from the finding to the decision: every change is on record with before and after', async () => {
  const messages = await createReplay(visitCases).run(
    [
      found(0),
      room(1),
      done('assign', 0),
      done('answer', 1, { by: 's1' }),
      done('decide', 2, { decision: 'dismissed' }),
      tick(30),
    ],
    noGlobals,
  )
  expect(story(messages)).toEqual([
    'opened: open',
    'alerted: open',
    'assign: assigned',
    'answer: answered',
    'decide: decided',
    'closed: closed',
  ])
  const [, , , , decided] = casesOf(messages)
  expect(decided!.change).toMatchObject({
    ...{ actId: 'act/v1/decide/2', by: 'li', note: 'as the customer says', refusal: null },
    before: { status: 'answered', decision: null, reviewer: 'li' },
    after: { status: 'decided', decision: 'dismissed', claim: 'false' },
  })
  expect(decided!.closesAt).toBe(at(3 + 14))
  expect(alertsOf(messages)).toEqual(['+suspected-false-visit', '-suspected-false-visit'])
  // The messages are in one transaction with the case, which is no longer in any open list.
  const places = messages.map(({ topic }) => topic.name)
  expect(places.slice(places.lastIndexOf('alerts') - 1, places.lastIndexOf('alerts') + 1)).toEqual(['cases', 'alerts'])
})

test('a refused act is on record and changes nothing', async () => {
  const run = createReplay(visitCases)
  const messages = await run.run([found(0), done('assign', 0), done('decide', 0), done('close', 1)], noGlobals)
  const refused = casesOf(messages).slice(2)
  expect(refused.map(({ status, revision }) => [status, revision])).toEqual([
    ['assigned', 1],
    ['assigned', 1],
  ])
  expect(refused[0]!.change.refusal).toContain('is at revision 1')
  expect(refused[1]!.change.refusal).toContain('assigned can’t take close')
})

test('acts that come before their case wait for it; too many for a visit that has none are refused', async () => {
  const run = createReplay(visitCases)
  expect(await run.run([done('assign', 0), done('decide', 1)], noGlobals)).toEqual([])
  expect(story(await run.run([found(0)], noGlobals))).toEqual(['opened: open', 'assign: assigned', 'decide: decided'])
  const many = Array.from({ length: 21 }, (_, place) => done('comment', 0, { visitId: 'nobody', id: `x${place}` }))
  await run.run(many, noGlobals)
  expect(run.refused.map(({ failure }) => failure.message)).toEqual([expect.stringContaining('it has no case')])
})

test('time passes: overdue, then lapsed, then forgotten', async () => {
  const run = createReplay(visitCases)
  expect(story(await run.run([found(0), tick(7)], noGlobals))).toEqual(['opened: open'])
  expect(casesOf(await run.run([room(8), tick(12.9)], noGlobals))).toMatchObject([{ dueAt: at(13), overdue: false }])
  const [overdue] = casesOf(await run.run([tick(13.1)], noGlobals))
  expect(overdue).toMatchObject({ overdue: true, status: 'open', revision: 0, occurredAt: at(13) })
  const lapsed = await run.run([tick(91)], noGlobals)
  expect(story(lapsed)).toEqual(['lapsed: lapsed'])
  expect(alertsOf(lapsed)).toEqual(['-suspected-false-visit'])
  await run.run([tick(500)], noGlobals)
  expect(await run.run([done('reopen', 1)], noGlobals)).toEqual([])
})

test('late evidence: the case follows it, and a decided case is marked as having new evidence', async () => {
  const fine = { assessment: assessmentOf('v1', 1, { verdict: 'fine', falseScore: 0.1, evidence: [] }) }
  const other = {
    assessment: assessmentOf('v1', 3, {
      verdict: 'invalid',
      evidence: [{ kind: 'entered-late', score: 1, text: 'Entered 9 days later.', with: null }],
    }),
  }
  const messages = await createReplay(visitCases).run(
    [found(0), room(0), found(1, fine), found(2), found(3, other), room(4, 'invalid-visit'), done('decide', 3)],
    noGlobals,
  )
  expect(story(messages)).toEqual([
    'opened: open',
    'alerted: open',
    'withdrawn: withdrawn',
    'reopened: open',
    'evidence: open',
    'alerted: open',
    'decide: decided',
  ])
  // The alert is raised once per kind and version of the policy, although the visit was flagged again.
  expect(alertsOf(messages)).toEqual([
    '+suspected-false-visit',
    '-suspected-false-visit',
    '+invalid-visit',
    '-invalid-visit',
  ])
  expect(casesOf(messages).at(-1)).toMatchObject({ claim: 'invalid', newEvidence: false })
})

test('new evidence after the decision is marked, without an alert', async () => {
  const run = createReplay(visitCases)
  await run.run([found(0), room(0), done('decide', 0)], noGlobals)
  const more = assessmentOf('v1', 5, { evidence: [{ kind: 'reused-photo', score: 1, text: 'A photo.', with: 'v7' }] })
  const messages = await run.run([found(5, { assessment: more })], noGlobals)
  expect(casesOf(messages)).toMatchObject([{ status: 'decided', newEvidence: true, revision: 2 }])
  expect(alertsOf(messages)).toEqual([])
})

test('a snoozed alert is withdrawn, and returns at most once per version of the policy', async () => {
  const run = createReplay(visitCases)
  expect(alertsOf(await run.run([found(0), room(0)], noGlobals))).toEqual(['+suspected-false-visit'])
  const snoozed = await run.run([found(1, { snoozedUntil: at(20), snoozes: ['z'] }), room(2)], noGlobals)
  expect([story(snoozed), alertsOf(snoozed)]).toEqual([['snoozed: open'], ['-suspected-false-visit']])
  const back = await run.run([room(20.1)], noGlobals)
  expect([story(back), alertsOf(back)]).toEqual([['alerted: open'], []])
  expect(casesOf(back)[0]!.snoozedUntil).toBeNull()
})

test('an admission that arrives before its case waits for it', async () => {
  expect(alertsOf(await createReplay(visitCases).run([room(0), found(0)], noGlobals))).toEqual([
    '+suspected-false-visit',
  ])
})

const anyEvent = fc.oneof(
  fc
    .record({
      kind: fc.constantFrom(...caseActKinds),
      revision: fc.integer({ min: 0, max: 5 }),
      by: fc.constantFrom('li', 'wang', 's1'),
      to: fc.constantFrom('li', 'wang', null),
      decision: fc.constantFrom(...decisions, null),
      note: fc.constantFrom('why', null),
    })
    .map(({ kind, revision, ...changes }) =>
      done(kind, revision, { ...changes, id: `${kind}/${revision}/${JSON.stringify(changes)}` }),
    ),
  fc
    .record({ day: fc.integer({ min: 0, max: 9 }), verdict: fc.constantFrom('fine', 'invalid', 'suspected_false') })
    .map(({ day, verdict }) => found(day, { assessment: assessmentOf('v1', day, { verdict: verdict as never }) })),
  fc.integer({ min: 0, max: 9 }).map((day) => room(day)),
  fc.integer({ min: 0, max: 200 }).map((day) => tick(day)),
)

test('in any order, with repeats: states are legal, only open cases have alerts, and a replay gives the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyEvent, { minLength: 1, maxLength: 25 }),
      fc.integer({ min: 1, max: 9 }),
      async (events, batchSize) => {
        const inputs = [...events, ...events.slice(0, 5)]
        const messages = await createReplay(visitCases).run(inputs, noGlobals)
        const raised = new Set<string>()
        const standing = new Set<string>()
        for (const { topic, value } of messages) {
          if (topic === (alerts as Topic)) {
            const alert = value as Alert
            if (alert.raised) {
              expect(raised).not.toContain(alert.id)
              raised.add(alert.id)
              standing.add(alert.kind)
            } else standing.delete(alert.kind)
            continue
          }
          const held = value as Case
          const isOpen = (undecidedStatuses as readonly string[]).includes(held.status)
          if (!isOpen) expect([held.alert, held.overdue]).toEqual([null, false])
          expect(['decided', 'closed'].includes(held.status)).toBe(held.decidedBy !== null)
          if (held.change.refusal !== null) expect(held.change.before).toEqual(held.change.after)
        }
        const last = casesOf(messages).at(-1)
        expect([...standing]).toEqual(last?.alert ? [last.alert] : [])
        expect(await createReplay(visitCases, { batchSize }).run(inputs, noGlobals)).toEqual(messages)
      },
    ),
    { numRuns: 200 },
  )
})
