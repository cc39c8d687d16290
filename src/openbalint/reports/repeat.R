# ── what each number is, in base R ──────────────────────────────────────────────────────────────────────────────────

found <- numeric()      # every number under its name
lettered <- character() # every letter under its name
put <- function(..., value) if (length(value) == 1) found[[paste(..., sep = " | ")]] <<- as.numeric(value)

sample_sd <- function(x) if (length(x) > 1) sd(x) else NA

# One outcome as a frame with arm, pre, post and change; factor levels keep the order of the file.
from_rows <- function(table, arm, pre, post) {
  d <- data.frame(arm = factor(table[[arm]], levels = arms), pre = as.numeric(table[[pre]]), post = as.numeric(table[[post]]))
  d$change <- d$post - d$pre
  d
}

# A printed table: values made so that they have the printed counts, means and SDs exactly, hence all tests that follow from these.
from_summary <- function(rows) {
  one <- function(r) {
    n <- r$n
    z <- if (n > 2) unclass(poly(seq_len(n), 2))[, 1:2] else cbind(if (n == 2) c(-1, 1) / sqrt(2) else 0, rep(0, n))
    known <- function(x) if (is.na(x)) 1 else x
    s1 <- known(r$pre_sd); s2 <- known(r$post_sd)
    rho <- if (is.na(r$change_sd)) 0 else max(-1, min(1, (s1^2 + s2^2 - r$change_sd^2) / (2 * s1 * s2)))
    wide <- sqrt(max(n - 1, 0))
    data.frame(arm = factor(rep(r$arm, n), levels = arms), pre = r$pre_mean + s1 * wide * z[, 1],
               post = r$post_mean + s2 * wide * (rho * z[, 1] + sqrt(1 - rho^2) * z[, 2]),
               change = r$post_mean - r$pre_mean + known(r$change_sd) * wide * z[, 1])
  }
  do.call(rbind, lapply(rows, one))
}

# Means with their covariance; each pair has its own standard error (Kramer).
basis <- function(d, on) {
  if (on == "ancova") {
    fit <- lm(post ~ pre + arm, d)
    new <- data.frame(pre = mean(d$pre), arm = factor(levels(d$arm), levels = levels(d$arm)))
    X <- model.matrix(delete.response(terms(fit)), new)
    return(list(mean = drop(X %*% coef(fit)), cov = X %*% vcov(fit) %*% t(X), df = df.residual(fit), mse = summary(fit)$sigma^2,
                own = 1 / as.vector(table(d$arm)),
                shift = (tapply(d$pre, d$arm, mean) - mean(d$pre)) / sqrt(sum((d$pre - ave(d$pre, d$arm))^2))))
  }
  y <- d[[on]]; n <- as.vector(table(d$arm)); a <- anova(lm(y ~ d$arm))
  list(mean = as.vector(tapply(y, d$arm, mean)), cov = diag(a[2, 3] / n, length(n)), df = a[2, 1], mse = a[2, 3], own = 1 / n, shift = 0 * n)
}

pairs_of <- function(k) if (k < 2) list() else unlist(lapply(seq_len(k - 1), function(i) lapply((i + 1):k, function(j) c(i, j))), recursive = FALSE)

# Student–Newman–Keuls with closure, or Tukey–Kramer.
ranges <- function(b, method, se) {
  k <- length(b$mean); out <- list()
  for (ij in pairs_of(k)) {
    i <- ij[1]; j <- ij[2]; difference <- b$mean[i] - b$mean[j]
    error <- sqrt(b$cov[i, i] + b$cov[j, j] - 2 * b$cov[i, j])
    if (se == "harmonic") error <- sqrt(2 * b$mse * mean(b$own))
    q <- if (abs(difference) < 1e-10) 0 else sqrt(2) * abs(difference) / error
    low <- min(b$mean[ij]); high <- max(b$mean[ij])
    span <- if (method == "tukey") k else sum(b$mean >= low - 1e-10 & b$mean <= high + 1e-10)
    p_range <- if (q == 0) 1 else ptukey(q, span, b$df, lower.tail = FALSE)
    p <- if (method == "tukey") 2 * pt(-q / sqrt(2), b$df) else p_range
    out[[length(out) + 1]] <- list(i = i, j = j, difference = difference, statistic = q, span = span, p = p, adjusted = p_range, low = low, high = high)
  }
  if (method == "snk") {
    raw <- vapply(out, function(o) o$p, 0)
    for (r in seq_along(out)) {
      holds <- vapply(out, function(o) o$low <= out[[r]]$low + 1e-10 && o$high >= out[[r]]$high - 1e-10, TRUE)
      out[[r]]$adjusted <- max(raw[holds])
    }
  }
  out
}

# Dunnett, two-sided and single-step: the integral over what the comparisons share (the control, the slope, the SD).
dunnett <- function(b, control) {
  others <- setdiff(seq_along(b$mean), control)
  t <- vapply(others, function(i) (b$mean[i] - b$mean[control]) / sqrt(b$cov[i, i] + b$cov[control, control] - 2 * b$cov[i, control]), 0)
  own <- b$own[others]; base <- b$own[control]; shift <- b$shift[others] - b$shift[control]
  sigma <- sqrt(own + base + shift^2)
  z <- seq(-8, 8, by = 0.25); slopes <- if (all(shift == 0)) 0 else z
  w <- outer(dnorm(z), if (length(slopes) > 1) dnorm(slopes) else 1); w <- w / sum(w)
  u <- seq(log(1e-3), log(6), length.out = 201); s <- exp(u)
  f <- 2 * b$df * s * dchisq(b$df * s^2, b$df) * s; keep <- f > max(f) * 1e-14; s <- s[keep]; f <- f[keep] / sum(f[keep])
  adjusted <- vapply(abs(t), function(c) {
    1 - sum(f * vapply(s, function(one) {
      inside <- w
      for (i in seq_along(others)) {
        centre <- outer(-sqrt(base) * z, shift[i] * slopes, "+")
        inside <- inside * (pnorm((c * one * sigma[i] - centre) / sqrt(own[i])) - pnorm((-c * one * sigma[i] - centre) / sqrt(own[i])))
      }
      sum(inside)
    }, 0))
  }, 0)
  lapply(seq_along(others), function(r) list(i = others[r], j = control, difference = b$mean[others[r]] - b$mean[control], statistic = t[r],
                                             span = NA, p = 2 * pt(-abs(t[r]), b$df), adjusted = adjusted[r]))
}

# The largest sets of arms without a significant pair, in the order of their arms.
letters_of <- function(k, pairs) {
  differ <- matrix(FALSE, k, k)
  for (o in pairs) if (o$adjusted <= alpha) differ[o$i, o$j] <- differ[o$j, o$i] <- TRUE
  sets <- Filter(function(s) !any(differ[s, s]), lapply(seq_len(2^k - 1), function(m) which(bitwAnd(m, 2^(seq_len(k) - 1)) > 0)))
  largest <- Filter(function(s) !any(vapply(sets, function(o) length(o) > length(s) && all(s %in% o), TRUE)), sets)
  key <- vapply(largest, function(s) paste(sprintf("%03d", s), collapse = " "), "")
  largest <- largest[order(key)]
  vapply(seq_len(k), function(i) paste(letters[which(vapply(largest, function(s) i %in% s, TRUE))], collapse = ""), "")
}

hedges <- function(x, y) {
  nu <- length(x) + length(y) - 2
  if (nu < 2 || min(length(x), length(y)) < 1) return(NULL)
  ss <- function(v) sum((v - mean(v))^2)
  s <- sqrt((ss(x) + ss(y)) / nu)
  J <- exp(lgamma(nu / 2) - lgamma((nu - 1) / 2)) / sqrt(nu / 2)
  root <- sqrt(1 / length(x) + 1 / length(y)); t <- (mean(x) - mean(y)) / s / root
  limit <- function(p) uniroot(function(ncp) suppressWarnings(pt(t, nu, ncp)) - p, t + c(-10, 10), tol = 1e-12, extendInt = "downX")$root
  list(g = J * (mean(x) - mean(y)) / s, ci = J * root * c(limit(1 - alpha / 2), limit(alpha / 2)))
}

# ── one outcome ───────────────────────────────────────────────────────────────────────────────────────────────────────

# anova(lm(post ~ pre), lm(post ~ pre + arm)), where arms without any difference have F = 0 (R says NA when rounding makes it negative).
covariance_test <- function(d) {
  a <- anova(lm(post ~ pre, d), lm(post ~ pre + arm, d))
  ssg <- max(a[2, 4], 0); sse <- a[2, 2]; df1 <- a[2, 3]; df2 <- a[2, 1]; F <- ssg / df1 / (sse / df2)
  list(F = F, df1 = df1, df2 = df2, p = pf(F, df1, df2, lower.tail = FALSE), ssg = ssg, sse = sse)
}

f_test <- function(name, d) {
  if (omnibus == "ancova") {
    a <- covariance_test(d); ssg <- a$ssg; sse <- a$sse; df1 <- a$df1; mse <- sse / a$df2
    values <- c(F = a$F, df1 = df1, df2 = a$df2, p = a$p, eta_squared = ssg / (ssg + sse),
                omega_squared = (ssg - df1 * mse) / (ssg + (nrow(d) - df1) * mse))
  } else {
    a <- anova(lm(d[[omnibus]] ~ d$arm)); ssb <- a[1, 2]; ssw <- a[2, 2]; msw <- a[2, 3]
    values <- c(F = a[1, 4], df1 = a[1, 1], df2 = a[2, 1], p = a[1, 5], eta_squared = ssb / (ssb + ssw),
                omega_squared = (ssb - a[1, 1] * msw) / (ssb + ssw + msw))
  }
  for (what in names(values)) put(name, "omnibus", what, value = values[[what]])
  values
}

outcome <- function(name, d) {
  complete <- d[!is.na(d$pre) & !is.na(d$post), ]
  for (arm in arms) {
    x <- complete[complete$arm == arm, ]
    put(name, "arms", arm, "n", value = nrow(x))
    for (when in c("pre", "post", "change")) {
      put(name, "arms", arm, when, "mean", value = mean(x[[when]]))
      put(name, "arms", arm, when, "sd", value = sample_sd(x[[when]]))
    }
    if (nrow(x) > 1) {
      t <- try(t.test(x$change, conf.level = 1 - alpha), silent = TRUE)  # the paired t test is that of the changes
      if (!inherits(t, "try-error"))
        for (what in list(c("t", t$statistic), c("df", t$parameter), c("p", t$p.value), c("low", t$conf.int[1]), c("high", t$conf.int[2])))
          put(name, "arms", arm, "paired_t", what[1], value = what[2])
    }
  }
  full <- complete; full$arm <- droplevels(full$arm)
  used <- if (omnibus == "post") d[!is.na(d$post), ] else complete
  used$arm <- droplevels(used$arm)
  known <- try(f_test(name, used), silent = TRUE)
  if (omnibus != "ancova") try({
    y <- used[[omnibus]]
    w <- oneway.test(y ~ used$arm)
    for (what in list(c("F", w$statistic), c("df1", w$parameter[1]), c("df2", w$parameter[2]), c("p", w$p.value))) put(name, "welch", what[1], value = what[2])
  }, silent = TRUE)
  if (omnibus != "ancova") try({
    y <- used[[omnibus]]
    h <- kruskal.test(round(y, 10), used$arm)
    for (what in list(c("H", h$statistic), c("df", h$parameter), c("p", h$p.value))) put(name, "kruskal", what[1], value = what[2])
  }, silent = TRUE)
  if (!inherits(known, "try-error")) posthoc_of(name, used)
  try(ancova_of(name, full), silent = TRUE)
  for (on in c("change", "post")) {
    y <- if (on == "post" && omnibus == "post") d[!is.na(d$post), ] else complete
    for (ij in pairs_of(length(arms))) {
      e <- try(hedges(y[[on]][y$arm == arms[ij[1]]], y[[on]][y$arm == arms[ij[2]]]), silent = TRUE)
      if (!inherits(e, "try-error") && !is.null(e))
        for (what in list(c("g", e$g), c("low", e$ci[1]), c("high", e$ci[2]))) put(name, "effect", on, arms[ij[1]], arms[ij[2]], what[1], value = what[2])
    }
  }
}

posthoc_of <- function(name, d) {
  b <- basis(d, omnibus); labels <- levels(d$arm)
  pairs <- if (posthoc == "dunnett") dunnett(b, match(control, labels)) else ranges(b, posthoc, if (omnibus == "ancova" || posthoc == "tukey") "kramer" else se)
  for (o in pairs)
    for (what in list(c("difference", o$difference), c("statistic", o$statistic), c("span", o$span), c("p", o$p), c("p_adjusted", o$adjusted)))
      put(name, "posthoc", labels[o$i], labels[o$j], what[1], value = what[2])
  if (posthoc != "dunnett") {
    marks <- letters_of(length(labels), pairs)
    for (i in seq_along(labels)) lettered[[paste(name, "posthoc", "letters", labels[i], sep = " | ")]] <<- marks[i]
  }
}

ancova_of <- function(name, d) {
  a <- covariance_test(d)
  for (what in list(c("F", a$F), c("df1", a$df1), c("df2", a$df2), c("p", a$p))) put(name, "ancova", what[1], value = what[2])
  b <- basis(d, "ancova"); labels <- levels(d$arm)
  for (i in seq_along(labels)) {
    put(name, "ancova", labels[i], "mean", value = b$mean[i])
    put(name, "ancova", labels[i], "se", value = sqrt(b$cov[i, i]))
  }
  for (ij in pairs_of(length(labels))) {
    i <- ij[1]; j <- ij[2]; estimate <- b$mean[i] - b$mean[j]
    error <- sqrt(b$cov[i, i] + b$cov[j, j] - 2 * b$cov[i, j]); reach <- qt(1 - alpha / 2, b$df) * error
    for (what in list(c("estimate", estimate), c("se", error), c("t", estimate / error), c("p", 2 * pt(-abs(estimate / error), b$df)),
                      c("low", estimate - reach), c("high", estimate + reach)))
      put(name, "ancova", labels[i], labels[j], what[1], value = what[2])
  }
}

make_up <- function(name, values, arm) {
  counts <- table(factor(arm, levels = arms), values)
  counts <- counts[rowSums(counts) > 0, colSums(counts) > 0, drop = FALSE]
  if (min(dim(counts)) < 2) return(invisible())
  x <- suppressWarnings(chisq.test(counts, correct = FALSE))
  for (what in list(c("chi2", x$statistic), c("df", x$parameter), c("p", x$p.value), c("min_expected", min(x$expected)))) put(name, "composition", what[1], value = what[2])
  put(name, "composition", "fisher_p", value = fisher.test(counts, workspace = 2e7)$p.value)
}

holm_of <- function(names) {
  p <- vapply(names, function(name) { key <- paste(name, "omnibus", "p", sep = " | "); if (key %in% names(found)) found[[key]] else NA }, 0)
  for (name in names[!is.na(p)]) put(name, "holm", value = p.adjust(p[!is.na(p)], "holm")[[name]])
}

# ── this R against the report ───────────────────────────────────────────────────────────────────────────────────────

# R's ptukey is right to 1e-8 from 10 degrees of freedom on, and to 2e-4 at 2 and 3.
allowed <- function(name, value) {
  if (grepl("posthoc", name) && grepl("p_adjusted$|\\| p$", name)) return(if (smallest_df < 10) 5e-4 else 1e-6)
  1e-6 * max(1, abs(value))
}

compare <- function(report, letters_of_report) {
  dfs <- found[grepl("omnibus \\| df2$", names(found))]
  smallest_df <<- if (length(dfs)) min(dfs) else 0
  here <- unlist(found)[names(report)]
  off <- is.na(here) | abs(here - report) > mapply(allowed, names(report), report)
  other <- vapply(names(letters_of_report), function(name) !identical(unlist(lettered)[[name]], letters_of_report[[name]]), TRUE)
  cat(sprintf("%-72s %14s %14s\n", "", "R", "report"))
  cat(sprintf("%-72s %14.6g %14.6g%s\n", names(report), here, report, ifelse(off, "   <- differs", "")), sep = "")
  cat(sprintf("\n%d numbers and %d letters of the report repeated; %d differ.\n", length(report), length(letters_of_report), sum(off) + sum(other)))
  stopifnot("the report's numbers are repeated" = !any(off), "the report's letters are repeated" = !any(other))
}
