import type { Pinia } from 'pinia';
import { createRouter, createWebHashHistory, type RouteRecordRaw, type Router, type RouterHistory } from 'vue-router';
import type { Role } from '../electron/contract/session.ts';
import DatabasesPage from './journeys/admin/databases/DatabasesPage.vue';
import GalleriesPage from './journeys/admin/galleries/GalleriesPage.vue';
import HealthPage from './journeys/admin/HealthPage.vue';
import LogsPage from './journeys/admin/LogsPage.vue';
import ProfilesPage from './journeys/admin/scanners/ProfilesPage.vue';
import ScannerPage from './journeys/admin/scanners/ScannerPage.vue';
import ScannersPage from './journeys/admin/scanners/ScannersPage.vue';
import ThresholdsPage from './journeys/admin/scanners/ThresholdsPage.vue';
import SettingsPage from './journeys/admin/SettingsPage.vue';
import UpstreamPage from './journeys/admin/UpstreamPage.vue';
import UsersPage from './journeys/admin/UsersPage.vue';
import AuditPage from './journeys/audit/AuditPage.vue';
import CheckStoryPage from './journeys/audit/CheckStoryPage.vue';
import ExportPage from './journeys/audit/ExportPage.vue';
import CapturePage from './journeys/capture/CapturePage.vue';
import SearchingPage from './journeys/capture/SearchingPage.vue';
import ClosedPage from './journeys/closed/ClosedPage.vue';
import EndPage from './journeys/closed/EndPage.vue';
import InterruptedPage from './journeys/closed/InterruptedPage.vue';
import SignOutPage from './journeys/closed/SignOutPage.vue';
import CountsPage from './journeys/counts/CountsPage.vue';
import AnswersPage from './journeys/grounds/AnswersPage.vue';
import AssessmentPage from './journeys/grounds/AssessmentPage.vue';
import QuestionPage from './journeys/grounds/QuestionPage.vue';
import { useGrounds } from './journeys/grounds/grounds-store.ts';
import StopPage from './journeys/grounds/StopPage.vue';
import WordsPage from './journeys/grounds/WordsPage.vue';
import RoleHome from './journeys/home/RoleHome.vue';
import NoticePage from './journeys/notice/NoticePage.vue';
import ResultsPage from './journeys/results/ResultsPage.vue';
import ChangePasswordPage from './journeys/sign-in/ChangePasswordPage.vue';
import LockedPage from './journeys/sign-in/LockedPage.vue';
import SignInPage from './journeys/sign-in/SignInPage.vue';
import { useCheck } from './station/check-store.ts';
import { useSession } from './station/session-store.ts';
import { STAGE_PATHS, type Stage } from './station/stage-paths.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Open to a page without a session. */
    isPublic?: boolean;
    /** Roles that see the page; the station decides again on every call. */
    roles?: readonly Role[];
    /** Stages of the check at which the page is the right one. */
    stages?: readonly Stage[];
  }
}

const OPEN_STAGES: readonly Stage[] = ['grounds', 'words', 'capture', 'searching', 'results', 'interrupted'];
const ENDABLE_STAGES: readonly Stage[] = ['grounds', 'words', 'capture', 'searching', 'interrupted'];
const ADMINISTRATOR: readonly Role[] = ['administrator'];

const ROUTES: readonly RouteRecordRaw[] = [
  { path: '/', component: RoleHome },
  { path: '/sign-in', component: SignInPage, meta: { isPublic: true } },
  { path: '/change-password', component: ChangePasswordPage },
  { path: '/locked', component: LockedPage },
  { path: '/check/grounds/answers', component: AnswersPage, meta: { stages: ['grounds'] } },
  { path: '/check/grounds/assessment', component: AssessmentPage, meta: { stages: ['grounds'] } },
  { path: '/check/grounds/stop/:why', component: StopPage, props: true, meta: { stages: ['grounds'] } },
  { path: '/check/grounds/:question', component: QuestionPage, props: true, meta: { stages: ['grounds'] } },
  { path: '/check/words', component: WordsPage, meta: { stages: ['words'] } },
  { path: '/check/capture', component: CapturePage, meta: { stages: ['capture'] } },
  { path: '/check/searching', component: SearchingPage, meta: { stages: ['searching'] } },
  { path: '/check/results', component: ResultsPage, meta: { stages: ['results'] } },
  { path: '/check/interrupted', component: InterruptedPage, meta: { stages: ['interrupted'] } },
  { path: '/check/closed', component: ClosedPage, meta: { stages: ['closed'] } },
  { path: '/check/end/:why(declined|abandoned)', component: EndPage, props: true, meta: { stages: ENDABLE_STAGES } },
  { path: '/check/sign-out', component: SignOutPage, meta: { stages: OPEN_STAGES } },
  {
    path: '/notice/:language?',
    component: NoticePage,
    props: ({ params }) => ({ language: String(params['language'] ?? '') }),
    meta: { roles: ['officer'] },
  },
  { path: '/admin/scanners', component: ScannersPage, meta: { roles: ADMINISTRATOR } },
  { path: '/admin/scanners/profiles', component: ProfilesPage, meta: { roles: ADMINISTRATOR } },
  { path: '/admin/scanners/thresholds', component: ThresholdsPage, meta: { roles: ADMINISTRATOR } },
  {
    path: '/admin/scanners/device/:part?',
    component: ScannerPage,
    props: ({ params, query }) => ({ path: String(query['path'] ?? ''), part: String(params['part'] ?? '') }),
    meta: { roles: ADMINISTRATOR },
  },
  { path: '/admin/databases', component: DatabasesPage, meta: { roles: ADMINISTRATOR } },
  { path: '/admin/databases/galleries', component: GalleriesPage, meta: { roles: ADMINISTRATOR } },
  { path: '/admin/settings', component: SettingsPage, meta: { roles: ADMINISTRATOR } },
  { path: '/admin/upstream', component: UpstreamPage, meta: { roles: ADMINISTRATOR } },
  { path: '/admin/users', component: UsersPage, meta: { roles: ADMINISTRATOR } },
  { path: '/admin/health', component: HealthPage, meta: { roles: ADMINISTRATOR } },
  { path: '/admin/logs', component: LogsPage, meta: { roles: ADMINISTRATOR } },
  { path: '/counts', component: CountsPage, meta: { roles: ['sergeant', 'auditor'] } },
  { path: '/audit', component: AuditPage, meta: { roles: ['auditor'] } },
  { path: '/audit/export', component: ExportPage, meta: { roles: ['auditor'] } },
  { path: '/audit/checks/:reference', component: CheckStoryPage, props: true, meta: { roles: ['auditor'] } },
  { path: '/:rest(.*)*', redirect: '/' },
];

/** The router of the page: hash history, so that it works from `app:` and from the loopback host alike. */
export function createRidgewayRouter(pinia: Pinia, history: RouterHistory = createWebHashHistory()): Router {
  // The grounds have no page of their own: they go on where an answer is still missing.
  const grounds: RouteRecordRaw = { path: '/check/grounds', redirect: () => useGrounds(pinia).pathToGoOn() };
  const router = createRouter({ history, routes: [grounds, ...ROUTES] });
  router.beforeEach((to) => {
    const session = useSession(pinia).view;
    if (session === null) return to.meta.isPublic === true || '/sign-in';
    if (session.isLocked) return to.path === '/locked' || '/locked';
    if (session.mustChangePassword) return to.path === '/change-password' || '/change-password';
    if (to.meta.isPublic === true || to.path === '/locked') return '/';
    if (to.meta.roles !== undefined && !to.meta.roles.includes(session.role)) return '/';
    if (to.meta.stages === undefined) return true;
    const stage = useCheck(pinia).view?.stage;
    if (stage === undefined) return '/';
    return to.meta.stages.includes(stage) || STAGE_PATHS[stage];
  });
  return router;
}
