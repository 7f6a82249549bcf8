import { actsFor, sendAct, requiredNote, type Act } from '../../../../../dashboard/src/visits/cases/case-act.ts'
import { refusalOf, type CaseState } from '../../../../../processors/visits/cases/case-machine.ts'
import { caseActKinds, decisions } from '../../../../../schemas/visits/case-acts.ts'
import { caseStatuses } from '../../../../../schemas/visits/cases.ts'

const acts: readonly Act[] = caseActKinds.flatMap((kind): Act[] => {
  if (kind === 'decide') return decisions.map((decision) => ({ kind, decision }))
  return kind === 'assign' ? [{ kind, to: 'wang' }] : [{ kind }]
})
const none = { to: null, decision: null, claim: null }

test('offers the acts that the processor accepts and asks for the notes that it requires, in each state', () => {
  for (const status of caseStatuses)
    for (const reviewer of [null, 'wang'])
      for (const answer of [null, 'I was there.']) {
        const held = { status, reviewer, answer, revision: 3, salespersonId: 's1', proposedBy: null }
        for (const act of acts) {
          const wished = { ...none, ...act, revision: 3, by: 'wang' }
          const refused = (note: string | null) => refusalOf(held as CaseState, { ...wished, note })?.problem
          const shown = { act, status, reviewer, answer, isOffered: actsFor(held).includes(act.kind) }
          expect(shown).toEqual({ ...shown, isOffered: refused('a note') === undefined })
          if (!shown.isOffered) continue
          const wanted = requiredNote(act, held) !== undefined
          expect({ ...shown, wanted }).toEqual({ ...shown, wanted: refused(null) === 'incomplete' })
        }
      }
})

describe('an act that is sent', () => {
  const real = globalThis.fetch
  let fetched: Parameters<typeof fetch>[] = []
  const answers = (status: number, body: object) => {
    fetched = []
    globalThis.fetch = (...given) => {
      fetched.push(given)
      return Promise.resolve(new Response(JSON.stringify(body), { status }))
    }
  }
  const send = () =>
    sendAct({ visitId: 'v/1', revision: 4 }, { kind: 'answer' }, { by: 'wang', note: ' She was. ', id: 'a1' })
  afterEach(() => {
    globalThis.fetch = real
  })

  test('names the revision that was seen, who, why and itself', async () => {
    answers(200, {})
    expect(await send()).toEqual({ state: 'done' })
    const [path, init] = fetched[0]!
    expect(path).toBe('/cases/v%2F1/acts')
    expect(init).toMatchObject({ method: 'POST', headers: { 'if-match': '"4"' } })
    expect(JSON.parse(String(init!.body))).toEqual({ kind: 'answer', note: 'She was.', by: 'wang', id: 'a1' })
  })

  test.each([
    [412, { detail: 'x' }, 'The case changed while you were reviewing it', true],
    [409, { detail: 'Nobody is assigned.' }, 'Not possible: Nobody is assigned.', true],
    [422, { detail: 'Say why.' }, 'Say why.', false],
    [502, {}, 'The API returned status 502.', false],
  ])('is refused with %i in words', async (status, body, text, changed) => {
    answers(status, body)
    expect(await send()).toEqual({ state: 'refused', text: expect.stringContaining(text), changed })
  })

  test('that the case does not show yet is taken; that did not arrive can be sent again', async () => {
    answers(202, {})
    expect(await send()).toEqual({ state: 'taken' })
    globalThis.fetch = () => Promise.reject(new TypeError('Failed to fetch'))
    expect(await send()).toMatchObject({ state: 'refused', text: expect.stringContaining('Try again'), changed: false })
  })
})
