import fc from 'fast-check'
import { stepSession, unsaidParts } from '../../../../features/calls/sessions/step-session.ts'
import type { SessionReport } from '../../../../features/calls/sessions/report.ts'
import type { CallSession } from '../../../../schemas/calls/call-sessions.ts'
import { after, said, START, started, turn } from './session-under-test.ts'

const silence = (at: number, ms = 5_000): SessionReport => ({ kind: 'silence', ms, at })
const interruption = (partId: string, spoken: string, at = START + 1): SessionReport => ({
  ...{ kind: 'interruption', partId, spoken, at },
})

test('a customer who only agrees hears the script in order, and the call ends', () => {
  let session = started()
  const heard = [said(session)]
  for (let number = 0; session.prompt.next === 'listen'; number++) {
    session = after(session, turn(number, 'yes'))
    heard.push(said(session))
  }
  expect(heard).toEqual([['opening'], ['recording', 'time'], ['offer'], ['closing']])
  expect(session.prompt).toMatchObject({ next: 'end', reasons: [] })
})

test('a part that the customer has answered is left out, with the reason', () => {
  const session = after(started(), turn(0, 'Go ahead!'))
  expect(said(session)).toEqual(['recording', 'offer'])
  expect(session.prompt.reasons).toEqual(['"time" is left out, because the customer has answered it: go ahead.'])
})

test('an objection gets the answer of the template, and the script goes on', () => {
  const session = after(started(), turn(0, 'too expensive', { objection: 'price' }))
  expect(said(session)).toEqual(['answer:price'])
  expect(said(after(session, turn(1, 'fine')))).toEqual(['recording', 'time'])
})

test.each([
  [
    'repeated',
    [turn(0, '', { objection: 'price' }), turn(1, '', { objection: 'price' })],
    'end',
    ['recording', 'closing'],
  ],
  ['contact', [turn(0, '', { objection: 'contact' })], 'end', ['answer:contact', 'recording', 'closing']],
  ['without an answer', [turn(0, '', { objection: 'risk' })], 'transfer', ['recording']],
  [
    'timing, after the reply',
    [turn(0, '', { objection: 'timing' }), turn(1, 'tomorrow')],
    'end',
    ['recording', 'closing'],
  ],
  ['wants a person', [turn(0, '', { wantsAgent: true })], 'transfer', ['recording']],
] as const)('objection %s: required parts are said before the call ends', (_, turns, next, parts) => {
  const session = after(started(), ...turns)
  expect([session.prompt.next, said(session)]).toEqual([next, parts])
})

test('what confuses is said in simpler words, which are kept; confusion goes on to an agent', () => {
  const offered = after(started(), turn(0, 'yes'), turn(1, 'yes'))
  const simpler = stepSession(offered, turn(2, 'what?', { isConfused: true }))!
  expect(simpler.confusedBy).toBe('offer')
  expect(simpler.session.prompt).toMatchObject({
    say: [{ partId: 'offer', text: 'In short: an offer.' }],
    reasons: ['The customer does not understand "offer", so it is said in simpler words.'],
  })
  const again = after(simpler.session, turn(3, 'what?', { isConfused: true }), turn(4, 'what?', { isConfused: true }))
  expect(again.prompt.say).toMatchObject([{ text: 'In short: an offer.' }])
  expect(after(again, turn(5, 'what?', { isConfused: true })).prompt.next).toBe('transfer')
})

test('an interrupted required part is repeated with the answer to the turn, even to an objection', () => {
  const talking = after(started(), turn(0, 'yes'))
  const cut = after(talking, interruption('recording', 'The te'))
  expect(cut.prompt).toMatchObject({ say: [], next: 'listen' })
  expect(unsaidParts(cut)).toEqual(['recording', 'closing'])
  expect(said(after(cut, turn(1, 'yes')))).toEqual(['recording', 'time'])
  const objection = after(cut, turn(1, 'no', { objection: 'price' }))
  expect(said(objection)).toEqual(['recording', 'answer:price'])
  expect(objection.prompt.reasons).toContain('"recording" is said again, because it was interrupted.')
  expect(said(after(cut, silence(START + 9_000)))).toEqual(['recording', 'time'])
})

test('a part that was played to its end was not interrupted, and one played for the most part is not repeated', () => {
  const talking = after(started(), turn(0, 'yes'))
  expect(unsaidParts(after(talking, interruption('recording', 'The text of recording')))).toEqual(['closing'])
  const cut = after(started(), interruption('opening', 'The text of'))
  expect(said(after(cut, turn(0, 'yes')))).toEqual(['recording', 'time'])
})

test('a required part that is always interrupted is handed to an agent', () => {
  let session = after(started(), turn(0, 'yes'))
  for (let number = 1; session.prompt.next === 'listen'; number++) {
    session = after(session, interruption('recording', '', START + number))
    if (session.prompt.next === 'listen') session = after(session, turn(number, 'yes'))
  }
  expect(session.prompt).toMatchObject({ next: 'transfer', say: [{ partId: 'recording' }] })
})

test('silence is repeated into, then the call ends; a short silence and an old report change nothing', () => {
  const first = after(started(), silence(START + 5_000))
  expect(said(first)).toEqual(['opening'])
  const last = after(first, silence(START + 10_000), silence(START + 15_000))
  expect([last.prompt.next, said(last)]).toEqual(['end', ['recording', 'closing']])
  expect(stepSession(first, silence(START + 5_000))).toBeUndefined()
  expect(stepSession(first, silence(START + 6_000, 100))).toBeUndefined()
  expect(stepSession(after(first, turn(3, 'yes')), turn(2, 'late'))).toBeUndefined()
  expect(stepSession(first, interruption('offer', ''))).toBeUndefined()
})

test('turns that are not understood are limited, and so is the length of the call', () => {
  const unclear = (number: number) => turn(number, '', { isIntelligible: false })
  const twice = after(started(), unclear(0), unclear(1))
  expect(said(twice)).toEqual(['opening'])
  expect(after(twice, turn(2, 'yes'), unclear(3)).prompt.next).toBe('listen')
  expect(after(twice, unclear(2)).prompt.next).toBe('transfer')
  expect(after(started(), turn(0, 'yes', { at: START + 700_000 })).prompt.next).toBe('end')
})

test('after the end nothing is said, and what is missing is on record', () => {
  const over = after(started(), { kind: 'end', reason: 'hung up', at: START + 1 })
  expect(over).toMatchObject({ isOver: true, prompt: { say: [], next: 'end' } })
  expect(over.prompt.reasons[1]).toBe('Required parts that were not said completely: recording, closing.')
  expect(stepSession(over, turn(0, 'hello?'))).toBeUndefined()
})

const reports: fc.Arbitrary<(number: number, session: CallSession) => SessionReport> = fc.oneof(
  fc
    .record({
      objection: fc.constantFrom(null, null, 'price', 'risk', 'timing', 'contact'),
      ...{ isConfused: fc.boolean(), wantsAgent: fc.constantFrom(false, false, true), isIntelligible: fc.boolean() },
    })
    .map((changes) => (number: number) => turn(number, 'words', changes)),
  fc.nat(10_000).map((ms) => (number: number) => silence(START + number, ms)),
  fc.tuple(fc.nat(3), fc.nat(30)).map(([place, length]) => (number: number, { prompt }: CallSession) => {
    const { partId, text } = prompt.say[place % Math.max(1, prompt.say.length)] ?? { partId: 'none', text: '' }
    return interruption(partId, text.slice(0, length), START + number)
  }),
)

test('whatever is reported: no call ends without its required parts, each step counts once, and all of them end', () => {
  fc.assert(
    fc.property(fc.array(reports, { maxLength: 40 }), (made) => {
      let session = started()
      for (const [number, report] of made.entries()) {
        const stepped = stepSession(session, report(number, session))
        if (stepped === undefined) continue
        expect(stepped.session.step).toBe(session.step + 1)
        session = stepped.session
        expect(stepSession(session, report(number, session))).toBeUndefined()
        if (session.prompt.next === 'end') expect(unsaidParts(session)).toEqual([])
        if (session.prompt.next === 'transfer') expect(unsaidParts(session)).not.toContain('recording')
      }
      for (let number = 100; session.prompt.next === 'listen'; number++) {
        expect(number).toBeLessThan(130)
        session = after(session, turn(number, 'yes'))
      }
    }),
  )
})
