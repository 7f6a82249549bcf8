import { useEffect, useRef } from 'preact/hooks'
import { send } from '../../api.ts'
import { SignedDecision } from '../../signed-decision.tsx'
import { groupText, versionText, type GroupResult } from './script-text.ts'
import { t } from '../../words/words.ts'

interface RestoreScriptProps {
  readonly script: GroupResult
  readonly onCancel: () => void
  readonly onRestored: () => void
}

/** Form to bring back a retired script for its target group. */
export function RestoreScript({ script, onCancel, onRestored }: RestoreScriptProps) {
  const { template, templateVersion, targetGroup } = script
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [script])
  return (
    <section class="group" aria-labelledby="restore-title">
      <h3 id="restore-title" ref={heading} tabIndex={-1}>
        {t('scripts.restoreNamed', { name: versionText(template, templateVersion) })}
      </h3>
      <p class="about">{t('scripts.itIsGivenToCallsAgain', { groupText: groupText(targetGroup) })}</p>
      <SignedDecision
        key={`${template} ${templateVersion} ${targetGroup}`}
        label={t('scripts.whyItIsRestored')}
        choices={[['restored', t('scripts.restore')]]}
        decide={async (decision, decidedBy, reason) => {
          await send('POST', '/script-retirements', {
            ...{ template, templateVersion, targetGroup, decision, decidedBy, reason },
          })
          onRestored()
          return t('scripts.restoredTheListOfDecisionsFollows')
        }}
      />
      <button type="button" class="quiet" onClick={onCancel}>
        {t('common.close')}
      </button>
    </section>
  )
}
