import type { Page, PageProps } from '../../page.ts'
import { t } from '../../words/words.ts'
import { DeadLetters } from './dead-letters.tsx'
import { Gaps } from './gaps.tsx'
import { parseItem, sectionHref, sections, STREAM } from './stream-address.ts'
import { Tail } from './tail.tsx'
import { Topology } from './topology.tsx'

/** Page for operators: what runs where and how far behind it is, and the records that had no effect. */
export const streamPage: Page = { path: STREAM, title: 'stream.stream', View: StreamPage }

function StreamPage({ item }: PageProps) {
  const { section, id } = parseItem(item)
  return (
    <>
      <nav class="sections" aria-label={t('stream.stream')}>
        {sections().map(([name, title]) => (
          <a key={name} href={sectionHref(name)} aria-current={name === section ? 'page' : undefined}>
            {title}
          </a>
        ))}
      </nav>
      {section === 'topology' && <Topology name={id} />}
      {section === 'dead-letters' && <DeadLetters id={id} />}
      {section === 'tail' && <Tail topic={id} />}
      {section === 'dead-letters' && id === undefined && (
        <div class="list-detail">
          <Gaps />
        </div>
      )}
    </>
  )
}
