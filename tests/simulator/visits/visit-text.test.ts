import { makeCustomers } from '../../../simulator/customers/customers.ts'
import * as calls from '../../../simulator/calls/call-phrases.ts'
import { random } from '../../../simulator/random.ts'
import { makeStaff } from '../../../simulator/visits/staff.ts'
import * as visits from '../../../simulator/visits/visit-phrases.ts'
import { fill, honestText, idleText, inventedText } from '../../../simulator/visits/visit-text.ts'

const staff = makeStaff('text', 6, 2)
const customers = makeCustomers('text', 60, staff, 2026)
const occasion = { customer: customers[0]!, product: 'consumer-loan' } as const
const next = random('texts')
const texts = (logit: number): string[] => Array.from({ length: 400 }, () => honestText(next, occasion, logit))
const said = (list: readonly string[], words: RegExp): number =>
  list.filter((text) => words.test(text)).length / list.length

function strings(value: unknown): string[] {
  return typeof value === 'string' ? [value] : Object.values(value as object).flatMap(strings)
}

describe('texts', () => {
  it('fill every slot of every phrase, for any customer', () => {
    const phrases = [...strings({ ...visits }), ...strings({ ...calls })]
    expect(phrases.length).toBeGreaterThan(250)
    for (const phrase of phrases)
      for (const customer of customers)
        expect(fill(next, phrase, { customer, product: 'business-loan' })).not.toMatch(/[{}]|undefined|NaN/)
    expect(() => fill(next, '{nobody}', occasion)).toThrow('unknown slot {nobody}')
  })

  it('hardly ever repeat if the visit happened', () => {
    expect(new Set(texts(0)).size).toBeGreaterThan(385)
  })

  it('follow the latent chance, and contradict it at times', () => {
    const [good, bad] = [texts(1.5), texts(-1.5)]
    const promise = /签约|签意向书|当场决定|定我们了|催我们/
    const refusal = /明确表示不需要|态度冷淡|不考虑我们|没兴趣|直接拒绝/
    expect(said(good, promise)).toBeGreaterThan(3 * said(bad, promise))
    expect(said(bad, refusal)).toBeGreaterThan(3 * said(good, refusal))
    expect(said(good, refusal)).toBeGreaterThan(0)
  })

  it('are copied or general if the visit did not happen', () => {
    const desk = ['客户很满意，下周签合同。']
    const invented = Array.from({ length: 200 }, () => inventedText(next, desk))
    expect(said(invented, /客户很满意，下周签合同。/)).toBeGreaterThan(0.3)
    expect(new Set(Array.from({ length: 200 }, () => inventedText(next, []))).size).toBeLessThan(150)
    expect(new Set(Array.from({ length: 200 }, () => idleText(next, occasion))).size).toBeGreaterThan(20)
  })
})
