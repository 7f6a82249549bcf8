import fc from 'fast-check'
import { jambonzSession } from '../../../api/telephony/jambonz/session.ts'
import { createSwitchboard, type Switchboard } from '../../../api/telephony/switchboard.ts'
import { fakeClock, settle, type FakeClock } from './fake-clock.ts'
import { fakeSessions, PARTS, type FakeSessions } from './fake-sessions.ts'
import { JambonzSide, SID, type JambonzOptions } from './jambonz-side.ts'
import { machine, random, scripted, type Caller } from './simulated-caller.ts'

/** Numbers in [0, 1). `fc.double` prefers tiny ones, with which every customer would be a machine. */
const evenly = fc.nat(999).map((number) => number / 1_000)

const settings = { jambonzToken: 'secret', conversationRelay: undefined, language: 'en-US', transfer: 'queue:agents' }

interface World {
  readonly clock: FakeClock
  readonly sessions: FakeSessions
  readonly errors: string[]
  readonly switchboard: Switchboard
}

function world(sessions = fakeSessions()): World {
  const clock = fakeClock()
  const errors: string[] = []
  return {
    clock,
    sessions,
    errors,
    switchboard: createSwitchboard({ liveCalls: sessions, clock, logError: (one) => void errors.push(one) }),
  }
}

/** A call over a connection that can be cut. `fault` may change what is delivered. */
function connect(
  { clock, switchboard, errors }: World,
  caller: Caller,
  options: Partial<JambonzOptions> & {
    readonly fault?: (frame: string, receive: (frame: string) => Promise<void>) => Promise<void>
    readonly transfer?: string
  } = {},
) {
  const closes: number[] = []
  const { fault, transfer = settings.transfer } = options
  let connections = 0
  const open = (line = (connections += 1)) =>
    jambonzSession(
      // What is sent over a connection that was cut is lost.
      {
        send: (frame) => (line === connections ? side.take(frame) : undefined),
        close: (code) => void closes.push(code),
      },
      { switchboard, settings: { ...settings, transfer }, logError: (one) => void errors.push(one) },
    )
  let session: ReturnType<typeof jambonzSession> | undefined
  const receive = (frame: string): Promise<void> => session!.receive(frame)
  const side: JambonzSide = new JambonzSide({
    caller,
    clock,
    deliver: (frame) => (fault === undefined ? receive(frame) : fault(frame, receive)),
    hungUp: () => session!.closed(1_000),
    ...options,
  })
  session = open()
  const cut = () => session!.closed(1_006)
  return { side, receive, closes, cut, again: () => void (session = open()) }
}

const says = (text: string) => ({ kind: 'says', text }) as const

describe('a call by jambonz', () => {
  test('goes from greeting to goodbye; the customer can interrupt all that is not required', async () => {
    const all = world()
    const { side } = connect(all, scripted(says('how much is it'), says('ok, bye')))
    await side.start()
    await side.run()
    expect(side.done).toEqual(['config', 'say', 'say', 'gather', 'gather', 'say', 'pause', 'hangup'])
    expect(side.said).toEqual([...PARTS.map(({ text }) => text), 'You said: how much is it.', 'Goodbye.'])
    expect(all.sessions.seen).toEqual([
      { kind: 'start', customerId: 'c-1', language: 'en-GB', agent: 'ann' },
      { kind: 'turn', number: 1, text: 'how much is it' },
      { kind: 'turn', number: 2, text: 'ok, bye' },
      { kind: 'end', reason: 'finished' },
    ])
    expect(all.errors).toEqual([])
  })

  test('an interruption is reported with the text that was played, before the words', async () => {
    const all = world()
    const { side } = connect(all, scripted({ kind: 'interrupts', text: 'stop', afterMs: 1_000 }))
    await side.start()
    await side.run()
    expect(all.sessions.seen.slice(1, 3)).toEqual([
      { kind: 'interrupted', partId: 'offer', spoken: 'We have a' },
      { kind: 'turn', number: 2, text: 'stop' },
    ])
  })

  test('if no words follow an interruption, the session’s prompt is said after two seconds', async () => {
    const all = world()
    const { side, receive } = connect(all, scripted())
    await side.start()
    const status = (event: string) =>
      receive(
        JSON.stringify({ type: 'verb:status', msgid: event, call_sid: SID, data: { event, verb: 'say', id: 'offer' } }),
      )
    await status('start-playback')
    await all.clock.advance(500)
    await status('kill-playback')
    await all.clock.advance(1_999)
    expect(all.sessions.prompts).toHaveLength(2)
    await side.run(0)
    const before = side.said.length
    await all.clock.advance(1)
    await side.run(1)
    expect(side.said.slice(before)).toEqual(['Please go on.'])
  })

  test.each([
    ['queue:agents', 'enqueue'],
    ['tel:+442071838750', 'dial'],
    ['sip:desk@bank.example', 'dial'],
    ['app:https://ivr.bank.example/next', 'redirect'],
  ])('a transfer to %s is the verb %s', async (transfer, verb) => {
    const all = world()
    const { side } = connect(all, scripted(says('an agent please')), { transfer })
    await side.start()
    await side.run()
    expect(side.done.slice(-2)).toEqual(['say', verb])
    expect(all.sessions.of('end')).toEqual([{ kind: 'end', reason: 'transferred' }])
  })

  test('silence and hold music are reported as silence, until the session ends the call', async () => {
    const all = world()
    const { side } = connect(all, scripted({ kind: 'silent' }, { kind: 'music' }, { kind: 'silent' }))
    await side.start()
    await side.run()
    expect(all.sessions.of('silence')).toEqual(Array(3).fill({ kind: 'silence', ms: 8_000 }))
    expect(side.said.at(-1)).toBe('I will call again. Goodbye.')
  })

  test('an answering machine ends an outbound call; an inbound call is not searched for one', async () => {
    const all = world()
    const { side } = connect(all, machine)
    await side.start()
    await side.run()
    expect(side.done).toEqual(['config', 'hangup'])
    expect(all.sessions.of('end')).toEqual([{ kind: 'end', reason: 'machine' }])
    const inbound = connect(world(), machine, { direction: 'inbound' })
    await inbound.side.start()
    await inbound.side.run(2)
    expect(inbound.side.done).toEqual(['config', 'say'])
  })

  test('words with times are passed on if the recogniser reports them', async () => {
    const all = world()
    const { side, receive } = connect(all, scripted())
    await side.start()
    const words = [
      { word: 'yes', start: 0.1, end: 0.45, confidence: 0.8 },
      { word: 'please', start: 0.5, end: 0.9 },
    ]
    const evt = { channel: { alternatives: [{ transcript: 'yes please', words }] } }
    const speech = { alternatives: [{ transcript: 'yes please', confidence: 0.8 }], vendor: { name: 'deepgram', evt } }
    await receive(side.frame('verb:hook', { reason: 'speechDetected', speech }, '/turns/1'))
    expect(all.sessions.of('turn')).toEqual([
      {
        kind: 'turn',
        number: 1,
        text: 'yes please',
        words: [
          { text: 'yes', startMs: 100, endMs: 450, confidence: 0.8 },
          { text: 'please', startMs: 500, endMs: 900, confidence: null },
        ],
      },
    ])
  })

  test('a part of 50 kB is said in frames of at most 24 KiB, nothing left out; a recording is played', async () => {
    const text = Array.from({ length: 2_000 }, (_, index) => `Sentence ${index} "ends" here.`).join(' ')
    const all = world(
      fakeSessions([
        { partId: 'long', text, required: true },
        { partId: 'jingle', text: 'https://bank.example/jingle.mp3', required: false },
      ]),
    )
    const { side } = connect(all, scripted())
    await side.start()
    await side.run()
    expect(side.said.at(-1)).toBe('https://bank.example/jingle.mp3')
    expect(side.said.slice(0, -1).join(' ')).toBe(text)
  })
})

describe('what goes wrong between jambonz and us', () => {
  test('a lost connection: the call goes on at its part; its frames of before are late', async () => {
    const all = world()
    const { side, cut, again } = connect(all, scripted(says('one'), says('two'), says('bye')))
    await side.start()
    await side.run(4)
    cut()
    await all.clock.advance(3_000)
    again()
    await side.reconnect()
    await side.run()
    expect(all.sessions.of('turn').map(({ text }) => text)).toEqual(['one', 'two', 'bye'])
    expect(side.said.filter((text) => text === 'You said: one.')).toHaveLength(1)
    expect(all.sessions.of('end')).toHaveLength(1)
  })

  test('a connection that is lost while the start waits: the acknowledgement of the reconnection starts the call', async () => {
    const all = world()
    const { side, cut, again, receive } = connect(all, scripted(says('bye')))
    const answer = all.sessions.delayNext()
    void receive(side.frame('session:new', side.session()))
    await settle()
    cut()
    again()
    const reconnected = side.reconnect()
    answer()
    await reconnected
    await side.run()
    expect(side.said).toEqual([...PARTS.map(({ text }) => text), 'Goodbye.'])
    expect(all.sessions.of('start')).toHaveLength(1)
  })

  test('a call that another process began goes on here', async () => {
    const sessions = fakeSessions()
    const first = connect(world(sessions), scripted(says('one')))
    await first.side.start()
    await first.side.run(4)
    const second = connect(world(sessions), scripted(says('two'), says('bye')))
    await second.side.reconnect()
    await second.side.run()
    expect(sessions.of('turn').map(({ number, text }) => [number, text])).toEqual([
      [1, 'one'],
      [2, 'two'],
      [3, 'bye'],
    ])
  })

  test('a connection that does not come back ends the call after a minute', async () => {
    const all = world()
    const { side, cut } = connect(all, scripted())
    await side.start()
    cut()
    await all.clock.advance(59_999)
    expect(all.sessions.of('end')).toEqual([])
    await all.clock.advance(1)
    expect(all.sessions.of('end')).toEqual([{ kind: 'end', reason: 'connection-lost' }])
  })

  test('a call system that sends nothing for a minute: the session decides what is said', async () => {
    const all = world()
    const { side } = connect(all, scripted())
    await side.start()
    await all.clock.advance(75_000)
    expect(all.sessions.of('silence')).toEqual([{ kind: 'silence', ms: 60_000 }])
    await side.run(1)
    expect(side.said).toEqual(['Are you still there?'])
  })

  test.each(['rejects', 'hangs'] as const)(
    'a session that %s: an agent takes the call within 5 seconds',
    async (how) => {
      const all = world()
      const { side, receive } = connect(all, scripted())
      await side.start()
      all.sessions.failNext(how)
      const answered = receive(side.frame('verb:hook', { reason: 'dtmfDetected', digits: '1' }, '/turns/1'))
      await all.clock.advance(4_000)
      await answered
      await side.run()
      expect(side.done).toEqual(['enqueue'])
      expect(all.errors).toEqual([expect.stringMatching(/^Call .* is transferred, because its session failed: /)])
    },
  )

  test('a call without a customer goes to an agent', async () => {
    const all = world()
    const { side } = connect(all, scripted(), { customerId: '' })
    await side.start()
    await side.run()
    expect(side.done).toEqual(['enqueue'])
    expect(all.errors[0]).toContain('set customerData.customerId')
  })

  test('frames that are no messages are refused with their reason; too many of them close the connection', async () => {
    const all = world()
    const { side, receive, closes } = connect(all, scripted())
    await receive(side.frame('verb:hook', { reason: 'timeout' }, '/turns/1'))
    expect(all.errors.pop()).toContain('session:new must come first')
    await side.start()
    const wrong: [string, string][] = [
      ['{', 'not valid JSON'],
      ['[]', 'not a JSON object'],
      ['{"type":"verb:hook","type":"ack"}', 'JSON'],
      [side.frame('llm:surprise', {}), '"llm:surprise" is not supported'],
      [side.frame('verb:hook', { reason: 'timeout' }, '/elsewhere'), '"/elsewhere" is unknown'],
      [side.frame('verb:hook', { reason: 7 }, '/turns/1'), '/reason'],
      [
        side.frame(
          'verb:hook',
          { reason: 'speechDetected', speech: { alternatives: [{ transcript: 'a'.repeat(50_000) }] } },
          '/turns/1',
        ),
        '/transcript',
      ],
      [side.frame('session:new', { customerData: { customerId: 'c\n2' } }), '/customerId'],
      [
        JSON.stringify({
          type: 'verb:hook',
          msgid: 'x',
          call_sid: 'other',
          hook: '/turns/1',
          data: { reason: 'timeout' },
        }),
        'belongs to the call other',
      ],
    ]
    for (const [frame, reason] of wrong) {
      await receive(frame)
      expect(all.errors.pop()).toContain(reason)
    }
    expect(all.sessions.seen).toHaveLength(1)
    for (let count = 0; count < 20; count += 1) await receive('?')
    expect(closes).toEqual([1_008])
  })

  test('whatever a customer does, and however frames are repeated or late: each turn counts once, in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(evenly, { minLength: 40, maxLength: 40 }), async (numbers) => {
        let position = 0
        const next = () => numbers[position++ % numbers.length]!
        const all = world()
        const sent: string[] = []
        const { side, closes } = connect(all, random(next), {
          async fault(frame, receive) {
            sent.push(frame)
            await receive(frame)
            if (next() < 0.3) await receive(frame)
            // An earlier frame again, out of order, under an id of its own.
            if (next() < 0.3) {
              const late = JSON.parse(sent[Math.floor(next() * (sent.length - 1))]!) as { type: string }
              if (late.type === 'verb:hook' && sent.length > 1 && !frame.includes('call:status'))
                await receive(JSON.stringify({ ...late, msgid: `late-${sent.length}` }))
            }
          },
        })
        await side.start()
        await side.run()
        const turns = all.sessions.of('turn')
        expect(turns.map(({ text }) => text)).toEqual(side.turns)
        expect(turns.every(({ number }, index) => index === 0 || number > turns[index - 1]!.number)).toBe(true)
        expect(all.sessions.of('end')).toHaveLength(1)
        expect(side.wantsAck.filter((msgid) => !side.acked.has(msgid))).toEqual([])
        expect(closes).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})
