import fc from 'fast-check'
import { relaySession } from '../../../api/telephony/conversation-relay/session.ts'
import { createSwitchboard } from '../../../api/telephony/switchboard.ts'
import { fakeClock } from './fake-clock.ts'
import { fakeSessions, PARTS } from './fake-sessions.ts'
import { RelaySide } from './relay-side.ts'
import { machine, random, scripted, type Caller } from './simulated-caller.ts'

/** Numbers in [0, 1). `fc.double` prefers tiny ones, with which every customer would be a machine. */
const evenly = fc.nat(999).map((number) => number / 1_000)

const settings = { jambonzToken: undefined, conversationRelay: undefined, language: 'en-US', transfer: 'queue:agents' }

function connect(
  caller: Caller,
  options: {
    readonly parameters?: Readonly<Record<string, string>>
    readonly isTwice?: () => boolean
    readonly sessions?: ReturnType<typeof fakeSessions>
  } = {},
) {
  const { isTwice = () => false, sessions = fakeSessions(), ...rest } = options
  const clock = fakeClock()
  const errors: string[] = []
  const closes: number[] = []
  const logError = (one: string) => void errors.push(one)
  const switchboard = createSwitchboard({ liveCalls: sessions, clock, logError })
  const session = relaySession(
    { send: (frame) => side.take(frame), close: (code) => void closes.push(code) },
    { switchboard, settings, logError },
  )
  const side: RelaySide = new RelaySide({
    caller,
    clock,
    hungUp: () => session.closed(1_000),
    async deliver(frame) {
      await session.receive(frame)
      if (isTwice()) await session.receive(frame)
    },
    ...rest,
  })
  return { side, session, sessions, clock, errors, closes }
}

const says = (text: string) => ({ kind: 'says', text }) as const

describe('a call by ConversationRelay', () => {
  test('goes from greeting to goodbye, and ends after the last words', async () => {
    const { side, sessions, errors } = connect(scripted(says('how much'), says('bye')), {
      parameters: { customerId: 'c-7', language: 'de-DE', agent: 'ann' },
    })
    await side.start()
    expect(side.sent).toEqual(
      PARTS.map(({ text, required }, index) => ({
        type: 'text',
        token: index === 2 ? text : `${text} `,
        last: index === 2,
        lang: 'de-DE',
        interruptible: !required,
        preemptible: false,
      })),
    )
    await side.run()
    expect(side.handoff).toEqual({ reasonCode: 'finished', callId: expect.any(String), reasons: [] })
    expect(sessions.seen).toEqual([
      { kind: 'start', customerId: 'c-7', language: 'de-DE', agent: 'ann' },
      { kind: 'turn', number: 1, text: 'how much' },
      { kind: 'turn', number: 2, text: 'bye' },
      { kind: 'end', reason: 'finished' },
    ])
    expect(errors).toEqual([])
  })

  test('an interruption names the part and what was played of it; the caller’s words follow', async () => {
    const { side, sessions } = connect(scripted())
    await side.start()
    const utteranceUntilInterrupt = `${PARTS[0]!.text} ${PARTS[1]!.text} We have a sav`
    await side.send({ type: 'interrupt', utteranceUntilInterrupt, durationUntilInterruptMs: 4_000 })
    await side.send({ type: 'interrupt', utteranceUntilInterrupt, durationUntilInterruptMs: 4_001 })
    await side.send({ type: 'prompt', voicePrompt: 'not', lang: 'en-US', last: false })
    await side.send({ type: 'prompt', voicePrompt: 'not now', lang: 'en-US', last: true })
    expect(sessions.seen.slice(1)).toEqual([
      { kind: 'interrupted', partId: 'offer', spoken: 'We have a sav' },
      { kind: 'turn', number: 2, text: 'not now' },
    ])
    expect(side.sent.at(-1)).toMatchObject({ token: 'You said: not now.' })
  })

  test('keys count as turns; silence is noticed here, since Twilio does not report it', async () => {
    const { side, sessions } = connect(
      scripted({ kind: 'presses', digit: '5' }, { kind: 'silent' }, { kind: 'silent' }, { kind: 'silent' }),
    )
    await side.start()
    await side.run()
    expect(sessions.of('turn')).toEqual([{ kind: 'turn', number: 1, text: '5' }])
    expect(sessions.of('silence')).toEqual(Array(3).fill({ kind: 'silence', ms: 10_000 }))
    expect(side.handoff?.reasonCode).toBe('finished')
  })

  test('an agent who is wanted, a session that fails, a call without a customer, and a machine: Twilio hears why', async () => {
    const wanted = connect(scripted(says('agent')))
    await wanted.side.start()
    await wanted.side.run()
    expect(wanted.side.handoff?.reasonCode).toBe('transfer')
    expect(wanted.sessions.of('end')).toEqual([{ kind: 'end', reason: 'transferred' }])

    const failing = connect(scripted())
    failing.sessions.failNext('rejects')
    await failing.side.start()
    expect(failing.side.handoff).toMatchObject({ reasonCode: 'transfer', reasons: ['telephony.session-failed'] })

    const unknown = connect(scripted(), { parameters: {} })
    await unknown.side.start()
    expect(unknown.side.handoff).toMatchObject({ reasonCode: 'transfer', reasons: ['telephony.unknown-customer'] })

    const answered = connect(machine)
    await answered.side.start()
    expect(answered.side.handoff).toMatchObject({ reasonCode: 'finished', reasons: ['telephony.machine'] })
    expect(answered.sessions.of('end')).toEqual([{ kind: 'end', reason: 'machine' }])
  })

  test('a recording is played', async () => {
    const source = 'https://bank.example/jingle.mp3'
    const { side } = connect(scripted(), {
      sessions: fakeSessions([{ partId: 'jingle', text: source, required: false }]),
    })
    await side.start()
    expect(side.sent).toEqual([{ type: 'play', source, loop: 1, preemptible: false, interruptible: true }])
  })
})

describe('what goes wrong between Twilio and us', () => {
  test('frames that are no messages, too early, or of another call are refused with their reason', async () => {
    const { side, session, sessions, errors, closes } = connect(scripted())
    await side.send({ type: 'prompt', voicePrompt: 'hello', lang: 'en-US', last: true })
    expect(errors.pop()).toContain('setup must come first')
    await side.start()
    const wrong: [object, string][] = [
      [{ type: 'prompt', voicePrompt: 'a'.repeat(50_000), last: true }, '/voicePrompt'],
      [{ type: 'dtmf', digit: '12' }, '/digit'],
      [{ type: 'interrupt' }, 'utteranceUntilInterrupt'],
      [{ type: 'surprise' }, '"surprise" is not supported'],
      [{}, 'is not supported'],
      [{ type: 'error', description: 'Invalid message received' }, 'Twilio reports an error: Invalid message received'],
      [{ type: 'setup', callSid: 'CA2', customParameters: { customerId: 'c-2' } }, 'has the call CA0'],
    ]
    for (const [frame, reason] of wrong) {
      await side.send(frame)
      expect(errors.pop()).toContain(reason)
    }
    expect(sessions.seen).toHaveLength(1)
    for (let count = 0; count < 20; count += 1) await session.receive('?'.repeat(count + 1))
    expect(closes).toEqual([1_008])
  })

  test('a lost connection ends the call after a minute', async () => {
    const { side, session, sessions, clock } = connect(scripted())
    await side.start()
    session.closed(1_006)
    await clock.advance(60_000)
    expect(sessions.of('end')).toEqual([{ kind: 'end', reason: 'connection-lost' }])
  })

  test('whatever a customer does, and although frames arrive twice: each turn counts once, in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(evenly, { minLength: 40, maxLength: 40 }), async (numbers) => {
        let position = 0
        const next = () => numbers[position++ % numbers.length]!
        const { side, sessions, closes } = connect(random(next), { isTwice: () => next() < 0.5 })
        await side.start()
        await side.run()
        const turns = sessions.of('turn')
        expect(turns.map(({ text }) => text)).toEqual(side.turns)
        expect(turns.every(({ number }, index) => index === 0 || number > turns[index - 1]!.number)).toBe(true)
        expect(sessions.of('end')).toHaveLength(1)
        expect(closes).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})
