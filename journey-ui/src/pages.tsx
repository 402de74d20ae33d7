import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { Shell } from './shell/shell.tsx';
import { Loading } from './ui/states.tsx';

const JourneysPage = lazy(() => import('./journeys/journeys-page.tsx').then((m) => ({ default: m.JourneysPage })));
const EditorPage = lazy(() => import('./editor/editor-page.tsx').then((m) => ({ default: m.EditorPage })));
const LivePage = lazy(() => import('./live/live-page.tsx').then((m) => ({ default: m.LivePage })));
const RunPage = lazy(() => import('./run/run-page.tsx').then((m) => ({ default: m.RunPage })));
const PublishPage = lazy(() => import('./publish/publish-page.tsx').then((m) => ({ default: m.PublishPage })));
const ExecutionsPage = lazy(() =>
  import('./executions/executions-page.tsx').then((m) => ({ default: m.ExecutionsPage })),
);
const CustomersPage = lazy(() => import('./customers/customers-page.tsx').then((m) => ({ default: m.CustomersPage })));
const CustomerPage = lazy(() => import('./customers/customer-page.tsx').then((m) => ({ default: m.CustomerPage })));
const InboxPage = lazy(() => import('./inbox/inbox-page.tsx').then((m) => ({ default: m.InboxPage })));
const SegmentsPage = lazy(() => import('./segments/segments-page.tsx').then((m) => ({ default: m.SegmentsPage })));
const SegmentPage = lazy(() => import('./segments/segment-page.tsx').then((m) => ({ default: m.SegmentPage })));
const SegmentEditPage = lazy(() =>
  import('./segments/segment-edit-page.tsx').then((m) => ({ default: m.SegmentEditPage })),
);
const TagPage = lazy(() => import('./tags/tag-page.tsx').then((m) => ({ default: m.TagPage })));
const TagEditPage = lazy(() => import('./tags/edit/tag-edit-page.tsx').then((m) => ({ default: m.TagEditPage })));
const TagsPage = lazy(() => import('./tags/tags-page.tsx').then((m) => ({ default: m.TagsPage })));
const ImportsPage = lazy(() => import('./imports/imports-page.tsx').then((m) => ({ default: m.ImportsPage })));
const HealthPage = lazy(() => import('./health/health-page.tsx').then((m) => ({ default: m.HealthPage })));
const SettingsPage = lazy(() => import('./settings/settings-page.tsx').then((m) => ({ default: m.SettingsPage })));
const TasksPage = lazy(() => import('./tasks/tasks-page.tsx').then((m) => ({ default: m.TasksPage })));
const PersonaPage = lazy(() => import('./personas/persona-page.tsx').then((m) => ({ default: m.PersonaPage })));
const NotFound = lazy(() => import('./shell/not-found.tsx').then((m) => ({ default: m.NotFound })));

/** The addresses of the console. The canvas fills the window; everything else stands inside the shell. */
export function Pages() {
  return (
    <Suspense fallback={<Loading />}>
      <Routes>
        <Route path="/journeys/:id" element={<EditorPage />} />
        <Route path="/journeys/:id/live" element={<LivePage />} />
        <Route path="/executions/:customer/:enrolment" element={<RunPage />} />
        <Route element={<Shell />}>
          <Route index element={<Navigate to="/journeys" replace />} />
          <Route path="/journeys" element={<JourneysPage />} />
          <Route path="/journeys/:id/publish" element={<PublishPage />} />
          <Route path="/executions" element={<ExecutionsPage />} />
          <Route path="/customers" element={<CustomersPage />} />
          <Route path="/customers/:id" element={<CustomerPage />} />
          <Route path="/tasks" element={<TasksPage />} />
          <Route path="/personas" element={<PersonaPage />} />
          <Route path="/inbox" element={<InboxPage />} />
          <Route path="/segments" element={<SegmentsPage />} />
          <Route path="/segments/:id" element={<SegmentPage />} />
          <Route path="/tags" element={<TagsPage />} />
          <Route path="/tags/:key" element={<TagPage />} />
          <Route path="/tags/-/new" element={<TagEditPage />} />
          <Route path="/tags/:key/edit" element={<TagEditPage />} />
          <Route path="/segments/-/new" element={<SegmentEditPage />} />
          <Route path="/segments/:id/edit" element={<SegmentEditPage />} />
          <Route path="/imports" element={<ImportsPage />} />
          <Route path="/health" element={<HealthPage />} />
          <Route path="/settings" element={<SettingsPage />} />
          <Route path="*" element={<NotFound />} />
        </Route>
      </Routes>
    </Suspense>
  );
}
