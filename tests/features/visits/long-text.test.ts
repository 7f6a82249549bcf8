import fc from 'fast-check'
import { longText } from '../../../features/visits/long-text.ts'
import type { Visit } from '../../../schemas/visits/visits.ts'

const visitsWith = (...texts: readonly string[]) => texts.map((text, occurredAt) => ({ text, occurredAt }) as Visit)

describe('longText', () => {
  it('joins the texts in order, a line each, without empty ones', () => {
    expect(longText(visitsWith('第一次', '  ', ' second ', 'third'))).toEqual({
      text: '第一次\nsecond\nthird',
      lineTimes: [0, 2, 3],
      visitsLeftOut: 0,
      charactersLeftOut: 0,
    })
    expect(longText([])).toEqual({ text: '', lineTimes: [], visitsLeftOut: 0, charactersLeftOut: 0 })
  })

  it('keeps a visit of several lines on one, so that each line has the time of its visit', () => {
    expect(longText(visitsWith('one\r\ntwo\n\n three', 'four'))).toMatchObject({
      text: 'one two three\nfour',
      lineTimes: [0, 1],
    })
  })

  it('keeps the most recent visits and counts those left out', () => {
    expect(longText(visitsWith('aaaa', 'bbbb', 'cccc'), 9)).toEqual({
      text: 'bbbb\ncccc',
      lineTimes: [1, 2],
      visitsLeftOut: 1,
      charactersLeftOut: 0,
    })
    expect(longText(visitsWith('aaaa', 'bbbb', 'cccc'), 8)).toMatchObject({
      text: 'cccc',
      lineTimes: [2],
      visitsLeftOut: 2,
    })
  })

  it('keeps the end of a single visit that is too long, and marks it', () => {
    expect(longText(visitsWith('aaaa', '0123456789'), 4)).toEqual({
      text: '6789',
      lineTimes: [1],
      visitsLeftOut: 1,
      charactersLeftOut: 6,
    })
    expect(longText(visitsWith('ab𠮷cd'), 3)).toMatchObject({ text: 'cd', visitsLeftOut: 0, charactersLeftOut: 4 })
  })

  it('accounts for every visit and character, within the limit', () => {
    const texts = fc.array(
      fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replaceAll(/[\n\r\u2028\u2029]/g, ' ')),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 80 }), (texts, limit) => {
        const { text, lineTimes, visitsLeftOut, charactersLeftOut } = longText(visitsWith(...texts), limit)
        const spoken = texts.map((each) => each.trim()).filter((each) => each !== '')
        expect(text.length).toBeLessThanOrEqual(limit)
        expect(lineTimes.length).toBe(text === '' ? lineTimes.length : text.split('\n').length)
        expect(text.isWellFormed()).toBe(true)
        expect(spoken.slice(visitsLeftOut).join('\n').slice(charactersLeftOut)).toBe(text)
        if (charactersLeftOut > 0) expect(visitsLeftOut).toBe(spoken.length - 1)
      }),
    )
  })
})
