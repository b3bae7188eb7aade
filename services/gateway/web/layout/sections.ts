/** Entries of the navigation, in groups. */
export const SECTIONS: { name: string; label: string; href: string }[][] = [
  [
    { name: "overview", label: "Overview", href: "/" },
    { name: "diagrams", label: "Diagrams", href: "/diagrams" },
    { name: "tasks", label: "Tasks", href: "/tasks" },
  ],
  [
    { name: "workers", label: "Workers", href: "/workers" },
    { name: "queues", label: "Queues", href: "/queues" },
    { name: "dead", label: "Dead letters", href: "/dead" },
  ],
  [
    { name: "retraining", label: "Retraining", href: "/retraining" },
    { name: "schedules", label: "Schedules", href: "/schedules" },
  ],
  [
    { name: "settings", label: "Settings", href: "/settings" },
    { name: "audit", label: "Audit", href: "/audit" },
  ],
];
