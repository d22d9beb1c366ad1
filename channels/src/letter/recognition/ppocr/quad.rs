//! Places of writing on a page: the smallest rectangle around some points, at any angle, and what is done with it.

/// A place on a page, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    /// From the left.
    pub(super) x: f32,
    /// From the top.
    pub(super) y: f32,
}

impl Point {
    fn plus(self, other: Self, times: f32) -> Self {
        Self { x: self.x + other.x * times, y: self.y + other.y * times }
    }

    fn length(self) -> f32 {
        self.x.hypot(self.y)
    }

    /// The sine of the turn from `self` to `other`, times both lengths.
    fn cross(self, other: Self) -> f32 {
        self.x * other.y - self.y * other.x
    }

    fn dot(self, other: Self) -> f32 {
        self.x * other.x + self.y * other.y
    }
}

/// A parallelogram, nearly always a rectangle: its upper left corner, its upper edge and its left edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Quad {
    /// The corner where reading begins.
    pub(super) origin: Point,
    /// From there to the end of the upper edge.
    pub(super) across: Point,
    /// From there to the end of the left edge.
    pub(super) down: Point,
}

impl Quad {
    /// The rectangle of the smallest area around `points`; its upper edge runs to the right, by at most 45 degrees up or
    /// down. `None` without points. One side of it lies on an edge of the convex hull (Freeman and Shapira 1975).
    #[must_use]
    pub(super) fn around(points: &[Point]) -> Option<Self> {
        let hull = convex_hull(points);
        let first = *hull.first()?;
        let edges = hull.iter().zip(hull.iter().cycle().skip(1)).map(|(from, to)| to.plus(*from, -1.0));
        let directions = edges.filter(|edge| edge.length() > 0.0).map(|edge| {
            let length = edge.length();
            Point { x: edge.x / length, y: edge.y / length }
        });
        let level = std::iter::once(Point { x: 1.0, y: 0.0 });
        let fitted = directions.chain(level).map(|direction| along(&hull, direction));
        let smallest = fitted.min_by(|one, other| one.area().total_cmp(&other.area()));
        Some(smallest.unwrap_or(Self {
            origin: first,
            across: Point { x: 0.0, y: 0.0 },
            down: Point { x: 0.0, y: 0.0 },
        }))
    }

    /// The length of the upper edge.
    #[must_use]
    pub(super) fn width(&self) -> f32 {
        self.across.length()
    }

    /// The length of the left edge.
    #[must_use]
    pub(super) fn height(&self) -> f32 {
        self.down.length()
    }

    fn area(&self) -> f32 {
        self.across.cross(self.down).abs()
    }

    /// The place at these fractions of the upper and the left edge.
    #[must_use]
    pub(super) fn at(&self, across: f32, down: f32) -> Point {
        self.origin.plus(self.across, across).plus(self.down, down)
    }

    /// Grown on every side by its area times `ratio` by its circumference: the network marks the core of a line, and was
    /// trained with cores shrunk by that much (Liao et al. 2020, "DB").
    #[must_use]
    pub(super) fn grown(&self, ratio: f32) -> Self {
        let (width, height) = (self.width(), self.height());
        if width <= 0.0 || height <= 0.0 {
            return *self;
        }
        let distance = self.area() * ratio / (2.0 * (width + height));
        let (right, down) = (distance / width, distance / height);
        Self {
            origin: self.at(-right, -down),
            across: self.across.plus(self.across, 2.0 * right),
            down: self.down.plus(self.down, 2.0 * down),
        }
    }

    /// The same place on a page that is larger by these factors.
    #[must_use]
    pub(super) fn scaled(&self, x: f32, y: f32) -> Self {
        let scale = |point: Point| Point { x: point.x * x, y: point.y * y };
        Self { origin: scale(self.origin), across: scale(self.across), down: scale(self.down) }
    }

    /// The part between two fractions of the upper edge.
    #[must_use]
    pub(super) fn part(&self, from: f32, to: f32) -> Self {
        let across = Point { x: self.across.x * (to - from), y: self.across.y * (to - from) };
        Self { origin: self.at(from, 0.0), across, down: self.down }
    }

    /// The corners, from the upper left clockwise.
    #[must_use]
    pub(super) fn corners(&self) -> [Point; 4] {
        [self.at(0.0, 0.0), self.at(1.0, 0.0), self.at(1.0, 1.0), self.at(0.0, 1.0)]
    }

    /// Whether a place lies in it.
    #[must_use]
    pub(super) fn holds(&self, place: Point) -> bool {
        let area = self.across.cross(self.down);
        let to = place.plus(self.origin, -1.0);
        let (across, down) = (to.cross(self.down) / area, self.across.cross(to) / area);
        (0.0..=1.0).contains(&across) && (0.0..=1.0).contains(&down)
    }
}

/// The rectangle around `hull` with sides along `direction`, which has length 1.
fn along(hull: &[Point], direction: Point) -> Quad {
    // Turned by quarters until the upper edge runs to the right.
    let mut right = direction;
    for _ in 0..3 {
        if right.x < right.y.abs() || (right.x - right.y.abs()).abs() < f32::EPSILON && right.y < 0.0 {
            right = Point { x: -right.y, y: right.x };
        }
    }
    let down = Point { x: -right.y, y: right.x };
    let ends = |axis: Point| {
        hull.iter()
            .map(|point| point.dot(axis))
            .fold((f32::INFINITY, f32::NEG_INFINITY), |(least, most), value| (least.min(value), most.max(value)))
    };
    let ((left, far_right), (top, bottom)) = (ends(right), ends(down));
    let zero = Point { x: 0.0, y: 0.0 };
    Quad {
        origin: zero.plus(right, left).plus(down, top),
        across: zero.plus(right, far_right - left),
        down: zero.plus(down, bottom - top),
    }
}

/// The convex hull (Andrew 1979, monotone chain).
fn convex_hull(points: &[Point]) -> Vec<Point> {
    let mut sorted = points.to_vec();
    sorted.sort_by(|one, other| one.x.total_cmp(&other.x).then(one.y.total_cmp(&other.y)));
    sorted.dedup();
    if sorted.len() < 3 {
        return sorted;
    }
    let mut hull = half_hull(sorted.iter());
    let back = half_hull(sorted.iter().rev());
    hull.extend(back);
    hull
}

/// One side of the hull, without its last point.
fn half_hull<'points>(points: impl Iterator<Item = &'points Point>) -> Vec<Point> {
    let mut chain: Vec<Point> = Vec::new();
    for point in points {
        while let [.., before, last] = chain.as_slice()
            && last.plus(*before, -1.0).cross(point.plus(*last, -1.0)) <= 0.0
        {
            chain.pop();
        }
        chain.push(*point);
    }
    chain.pop();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(places: &[(f32, f32)]) -> Vec<Point> {
        places.iter().map(|(x, y)| Point { x: *x, y: *y }).collect()
    }

    fn near(one: Point, x: f32, y: f32) -> bool {
        (one.x - x).abs() < 0.01 && (one.y - y).abs() < 0.01
    }

    #[test]
    fn a_level_line_has_a_level_rectangle() {
        let quad = Quad::around(&points(&[(2.0, 3.0), (12.0, 3.0), (12.0, 5.0), (2.0, 5.0), (7.0, 4.0)])).unwrap();
        assert!(near(quad.origin, 2.0, 3.0) && near(quad.across, 10.0, 0.0) && near(quad.down, 0.0, 2.0), "{quad:?}");
    }

    #[test]
    fn a_slanting_line_keeps_its_width_and_reads_to_the_right() {
        for degrees in [-40.0_f32, -10.0, 3.0, 44.0] {
            let (sine, cosine) = degrees.to_radians().sin_cos();
            let turned: Vec<Point> = [(0.0, 0.0), (100.0, 0.0), (100.0, 20.0), (0.0, 20.0)]
                .map(|(x, y)| Point { x: x * cosine - y * sine, y: x * sine + y * cosine })
                .to_vec();
            let quad = Quad::around(&turned).unwrap();
            assert!((quad.width() - 100.0).abs() < 0.1 && (quad.height() - 20.0).abs() < 0.1, "{degrees}: {quad:?}");
            assert!(near(quad.origin, 0.0, 0.0), "{degrees}: {quad:?}");
        }
    }

    #[test]
    fn growing_moves_every_side_by_the_same() {
        let quad = Quad::around(&points(&[(0.0, 0.0), (100.0, 0.0), (100.0, 20.0), (0.0, 20.0)])).unwrap();
        // 2000 * 1.6 / 240
        let by = 40.0 / 3.0;
        let grown = quad.grown(1.6);
        assert!(near(grown.origin, -by, -by), "{grown:?}");
        assert!((grown.width() - 100.0 - 2.0 * by).abs() < 0.01 && (grown.height() - 20.0 - 2.0 * by).abs() < 0.01);
    }

    #[test]
    fn single_points_and_none_do_no_harm() {
        assert_eq!(Quad::around(&[]), None);
        let dot = Quad::around(&points(&[(4.0, 5.0), (4.0, 5.0)])).unwrap();
        assert!(dot.width() < 0.01 && dot.height() < 0.01 && near(dot.grown(1.6).origin, 4.0, 5.0));
    }

    proptest::proptest! {
        #[test]
        fn the_rectangle_holds_every_point(places in proptest::collection::vec((0_u16..200, 0_u16..200), 3..40)) {
            let points: Vec<Point> = places.iter().map(|(x, y)| Point { x: f32::from(*x), y: f32::from(*y) }).collect();
            let quad = Quad::around(&points).unwrap();
            if quad.width() > 1.0 && quad.height() > 1.0 {
                let roomy = quad.grown(0.05);
                proptest::prop_assert!(points.iter().all(|point| roomy.holds(*point)), "{:?}", quad);
            }
        }
    }
}
