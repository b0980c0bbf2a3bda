import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';

interface YesOrNoOption {
  readonly value: 'yes' | 'no';
  readonly label: string;
}

/** The two choices of a question that is answered by yes or no. */
export function useYesOrNo(): ComputedRef<readonly YesOrNoOption[]> {
  const { t } = useI18n();
  return computed(() => [
    { value: 'yes', label: t('fields.yes') },
    { value: 'no', label: t('fields.no') },
  ]);
}
