import { t } from '../../words/words.ts'
/** Whether a template is in use. */
export function TemplateState({ retired }: { readonly retired: boolean }) {
  return <span class={retired ? 'tag bad' : 'tag good'}>{retired ? t('scripts.retired') : t('scripts.inUse')}</span>
}
