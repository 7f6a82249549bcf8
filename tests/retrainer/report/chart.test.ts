import { chart } from '../../../retrainer/report/chart.ts'
import { markup } from '../../../retrainer/report/markup.ts'
import { namedRowsChart } from '../../../retrainer/report/named-rows-chart.ts'
import { columns, dots, line } from '../../../retrainer/report/shapes.ts'

const frame = {
  id: 'it',
  title: 'A & B',
  description: 'Something.',
  x: { label: 'across', from: 0, to: 10 },
  y: { label: 'up', from: 0, to: 1 },
  width: 174,
  height: 152,
}

describe('chart', () => {
  // The plot area is 100 by 100 pixels, from (52, 110) to (152, 10).
  it('draws a line through its points', () => {
    const { html } = chart(frame, (x, y) =>
      line(
        [
          { x: 0, y: 0 },
          { x: 5, y: 1 },
        ],
        x,
        y,
      ),
    )
    expect(html).toContain('<polyline class="line model" points="52,110 102,10"/>')
    expect(html).toContain('<title id="it-title">A &amp; B</title><desc id="it-description">Something.</desc>')
  })

  it('draws dots with their intervals, and without if there is none', () => {
    const { html } = chart(frame, (x, y) =>
      dots(
        [
          { x: 5, y: 0.5, lower: 0.4, upper: 0.6, tip: 'one' },
          { x: 10, y: 1, lower: null, upper: null, tip: 'two' },
        ],
        x,
        y,
      ),
    )
    expect(html).toContain('<g><title>one</title><line class="interval" x1="102" x2="102" y1="70" y2="50"/><circle')
    expect(html).toContain('<g><title>two</title><circle class="dot" cx="152" cy="10" r="4"/></g>')
  })

  it('draws columns from zero', () => {
    const { html } = chart(frame, (x, y) => markup`${columns([{ from: 1, to: 2, height: 0.5, tip: 'half' }], x, y)}`)
    expect(html).toContain('<rect class="bar" x="62" y="60" width="10" height="50"><title>half</title></rect>')
  })
})

test('namedRowsChart shortens long names and shows them in full on hover', () => {
  const name = 'a name that is far too long to stand beside its bar'
  const { html } = namedRowsChart({
    id: 'rows',
    title: 'Rows',
    description: 'One row.',
    rows: [{ name, value: 1, text: '100%' }],
    from: 0,
    to: 1,
    shape: 'bar',
    width: 264,
    nameWidth: 100,
  })
  expect(html).toContain(`<title>${name}: 100%</title>`)
  expect(html).toContain('a name that …')
  expect(html).toContain('width="100"')
})
