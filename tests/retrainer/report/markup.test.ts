import fc from 'fast-check'
import { escapeText, markup } from '../../../retrainer/report/markup.ts'

describe('markup', () => {
  it('escapes inserted text, and keeps markup', () => {
    const inner = markup`<b>${'a<b'}</b>`
    expect(markup`<p title="${'"'}">${inner}${[inner, 'x & y']}${3}${null}</p>`.html).toBe(
      '<p title="&quot;"><b>a&lt;b</b><b>a&lt;b</b>x &amp; y3</p>',
    )
  })

  it('lets no character through that could end a text or an attribute', () => {
    fc.assert(
      fc.property(fc.string(), (text) => expect(escapeText(text)).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/)),
    )
  })
})
