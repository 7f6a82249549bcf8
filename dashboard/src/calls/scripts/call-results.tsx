import { useState } from 'preact/hooks'
import { apiUrl } from '../../api.ts'
import { DataTable } from '../../data-table.tsx'
import { count, number, percent } from '../../format.ts'
import { Interval } from '../../interval.tsx'
import { scaleOf } from '../../scale.ts'
import { Empty, Failure, Segments } from '../../parts.tsx'
import { useResource } from '../../use-resource.ts'
import { seconds, versionText } from './script-text.ts'

const READ_EVERY_MS = 30_000

/** Results by the script that agents reported, whatever the target group: with clicks and ratings. */
export function CallResults() {
  const [days, setDays] = useState<'7' | '30' | '90'>('30')
  const { data, error } = useResource(apiUrl('/script-quality', { query: { days: Number(days) } }), READ_EVERY_MS)
  const rows = data?.items ?? []
  const talk = scaleOf(rows.map(({ talkSeconds }) => talkSeconds))
  const conversion = scaleOf(rows.map(({ conversionRate }) => conversionRate))
  return (
    <section class="card wide" aria-labelledby="calls-title">
      <div class="head">
        <div>
          <h2 id="calls-title">Results of all calls</h2>
          <p class="sub">By the script that was actually used, up to the newest call</p>
        </div>
        <Segments
          label="Days"
          value={days}
          onChange={setDays}
          options={[
            ['7', '7 days'],
            ['30', '30 days'],
            ['90', '90 days'],
          ]}
        />
      </div>
      {error !== undefined && <Failure>{error}</Failure>}
      {data?.items.length === 0 && <Empty>No call with a script has been reported in these days.</Empty>}
      {rows.length > 0 && (
        <DataTable
          caption="Results of all calls by script"
          rows={rows}
          keyOf={({ script, scriptVersion }) => `${script} ${scriptVersion}`}
          columns={[
            {
              label: 'Script',
              cell: ({ script, scriptVersion }) =>
                scriptVersion === null ? `${script}, version not reported` : versionText(script, scriptVersion),
            },
            { label: 'Calls', cell: ({ calls }) => count(calls) },
            { label: 'Answered', cell: ({ answerRate }) => <Interval estimate={answerRate} format={percent} to={1} /> },
            {
              label: 'Talk time',
              cell: ({ talkSeconds }) => <Interval estimate={talkSeconds} format={seconds} {...talk} />,
            },
            { label: 'Clicks per call', cell: ({ clicks }) => (clicks === null ? '–' : number(clicks)) },
            {
              label: 'Rating, 1 to 5',
              cell: ({ satisfaction, ratings }) =>
                satisfaction === null ? 'not rated' : `${number(satisfaction)} (${count(ratings)})`,
            },
            {
              label: 'Converted',
              cell: ({ conversionRate }) => <Interval estimate={conversionRate} format={percent} {...conversion} />,
            },
          ]}
        />
      )}
    </section>
  )
}
