import { useEffect, useState } from "preact/hooks";
import type { SiteDetail, SiteNode } from "../../site-data.js";
import { loadDetail, loadedDetail } from "../store.js";

/** The detail of a node once it is there; at once when it has been loaded before. */
export function useDetail(node: SiteNode): SiteDetail | undefined {
  const [detail, setDetail] = useState(() => loadedDetail(node));
  useEffect(() => {
    let current = true;
    void loadDetail(node).then((found) => current && setDetail(found));
    return () => {
      current = false;
    };
  }, [node]);
  return detail;
}
