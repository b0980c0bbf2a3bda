import { ref } from 'vue';
import type { ScannersView } from '../../../../electron/contract/scanners.ts';
import type { StationClient } from '../../../station/transport.ts';
import { useStation } from '../../../station/station-store.ts';
import { useRequest } from '../../../station/use-request.ts';

/** The scanners of the station as a page shows them, and the one way to change something about them. */
export function useScanners() {
  const station = useStation();
  const { problems, isBusy, request, problemOf } = useRequest();
  const view = ref<ScannersView | null>(null);

  /** Asks, and shows what the station answers; true when it did not refuse. */
  async function change(
    call: (client: StationClient) => Promise<ScannersView>,
    fieldId: string | null = null,
  ): Promise<boolean> {
    const answered = await request(() => station.ask(call), fieldId);
    if (answered === null) return false;
    view.value = answered;
    return true;
  }

  const look = (): Promise<boolean> => change((client) => client.scanners.list({}));
  return { view, problems, isBusy, problemOf, change, look };
}
